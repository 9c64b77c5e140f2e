import type { ReactNode } from "react";
import type { DraftRow } from "#modules/applications/api.ts";
import type { Language } from "#domain/words.ts";
import { Button, LinkButton } from "#kit/portal/button.tsx";
import { formatMoment } from "#kit/portal/dates.ts";
import { Form, type FormFields } from "#kit/portal/form.tsx";
import { applicationWords } from "./words.ts";

export interface DraftListProps {
  readonly language: Language;
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly form: FormFields;
  readonly rows: readonly DraftRow[];
}

export function DraftList({ language, today, form, rows }: DraftListProps): ReactNode {
  const words = applicationWords(language);
  return (
    <>
      <h1 className="first">{words.draftsTitle}</h1>
      <p className="muted">{words.draftsHint}</p>
      {rows.length === 0 ? (
        <div className="card stack">
          <p>{words.draftsEmpty}</p>
          <LinkButton href="/search">{words.draftsFind}</LinkButton>
        </div>
      ) : (
        <ul className="rows card">
          {rows.map((row) => (
            <li key={row.id}>
              <div>
                <a className="title" href={`/apply/${row.id}`}>
                  {row.title[language]}
                </a>
                <div className="muted small">{words.changedOn(formatMoment(row.updatedAt, language, today))}</div>
              </div>
              <Form action="remove" form={form} part={row.id}>
                <Button quiet name="draft" value={row.id}>
                  {words.remove}
                  <span className="vh"> {row.title[language]}</span>
                </Button>
              </Form>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
