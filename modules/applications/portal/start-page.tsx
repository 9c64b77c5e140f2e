import type { ReactNode } from "react";
import type { DraftRow } from "#modules/applications/api.ts";
import type { Language, Text } from "#domain/words.ts";
import { BackLink, Button, Buttons } from "#kit/portal/button.tsx";
import { Notice } from "#kit/portal/card.tsx";
import { formatMoment } from "#kit/portal/dates.ts";
import { Form, type FormFields } from "#kit/portal/form.tsx";
import { portalWords } from "#kit/words/portal.ts";
import { applicationWords } from "./words.ts";

export interface StartPageProps {
  readonly language: Language;
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly form: FormFields;
  readonly code: string;
  readonly title: Text;
  /** Most pages and files there can be. */
  readonly pages: number;
  readonly files: number;
  /** Unfinished applications for the same item. */
  readonly drafts: readonly DraftRow[];
}

/** Beginning changes something, so it is a press of a button and not a mere link. Posts `start`. */
export function StartPage({ language, today, form, code, title, pages, files, drafts }: StartPageProps): ReactNode {
  const words = applicationWords(language);
  return (
    <>
      <BackLink href={`/items/${encodeURIComponent(code)}`}>{portalWords(language).back}</BackLink>
      <h1>{title[language]}</h1>
      {drafts.length === 0 ? null : (
        <Notice>
          <p>{words.already}</p>
          <ul className="plain">
            {drafts.map((draft) => (
              <li key={draft.id}>
                <a className="way" href={`/apply/${draft.id}`}>
                  {words.goOn}
                </a>{" "}
                <span className="muted small">{words.changedOn(formatMoment(draft.updatedAt, language, today))}</span>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <p className="lead">{words.startSteps(pages, files)}</p>
      <p className="muted">{words.startHint}</p>
      <Form action="start" form={form}>
        <Buttons>
          <Button quiet={drafts.length > 0}>{drafts.length === 0 ? words.startButton : words.startAgain}</Button>
        </Buttons>
      </Form>
    </>
  );
}
