import type { ReactNode } from "react";
import type { Language, Text } from "#domain/words.ts";
import { BackLink, Button, Buttons } from "#kit/portal/button.tsx";
import { Notice } from "#kit/portal/card.tsx";
import { Form, type FormFields } from "#kit/portal/form.tsx";
import { type AnswerRow, SummaryList } from "#kit/portal/lists.tsx";
import { applicationWords } from "./words.ts";

export interface CheckSection {
  readonly key: string;
  readonly title: Text;
  readonly rows: readonly { readonly label: Text; readonly value: Text }[];
}

export interface CheckPageProps {
  readonly language: Language;
  readonly form: FormFields;
  readonly draft: string;
  readonly title: Text;
  readonly sections: readonly CheckSection[];
  readonly files: readonly { readonly key: string; readonly name: Text; readonly file: string | null }[];
  /** What is missing, with the page to mend it on; empty if it can be sent. */
  readonly problems: readonly { readonly text: Text; readonly href: string }[];
}

/** Check answers (ux P12): only what applies, what was left out is said, the button names the act. Posts `submit` to `/apply/:draft/submit`. */
export function CheckPage({ language, form, draft, title, sections, files, problems }: CheckPageProps): ReactNode {
  const words = applicationWords(language);
  const base = `/apply/${draft}`;
  const fileRows: readonly AnswerRow[] = files.map(({ name, file }) => ({
    label: name[language],
    value: file ?? words.fileNone,
    change: `${base}/materials`,
  }));
  return (
    <>
      <BackLink href={base}>{words.back}</BackLink>
      <h1>{words.check}</h1>
      <p className="lead">{title[language]}</p>
      <p className="muted">{words.checkHint}</p>
      {sections.map((section) => (
        <section className="card section" key={section.key}>
          <h2 className="inline">{section.title[language]}</h2>
          <SummaryList language={language} rows={rowsOf(section, base, language)} />
        </section>
      ))}
      {files.length === 0 ? null : (
        <section className="card section">
          <h2 className="inline">{words.filesHead}</h2>
          <SummaryList language={language} rows={fileRows} />
        </section>
      )}
      {problems.length === 0 ? <Submit language={language} form={form} base={base} /> : <Missing language={language} problems={problems} />}
    </>
  );
}

function rowsOf(section: CheckSection, base: string, language: Language): readonly AnswerRow[] {
  return section.rows.map(({ label, value }) => ({
    label: label[language],
    value: value[language],
    change: `${base}/${section.key}?after=check`,
  }));
}

function Submit({ language, form, base }: Pick<CheckPageProps, "language" | "form"> & { readonly base: string }): ReactNode {
  const words = applicationWords(language);
  return (
    <Form action="submit" form={form} to={`${base}/submit`}>
      <Notice>
        <p>{words.declare}</p>
        <p>{words.afterSubmit}</p>
      </Notice>
      <Buttons>
        <Button>{words.submit}</Button>
      </Buttons>
    </Form>
  );
}

function Missing({ language, problems }: Pick<CheckPageProps, "language" | "problems">): ReactNode {
  const words = applicationWords(language);
  return (
    <Notice tone="care">
      <p>
        <b>{words.notComplete(problems.length)}</b>
      </p>
      <ul className="plain">
        {problems.map((problem) => (
          <li key={problem.text.zh}>
            <a className="way" href={problem.href}>
              {problem.text[language]}
            </a>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
