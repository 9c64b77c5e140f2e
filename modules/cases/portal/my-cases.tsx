import type { ReactNode } from "react";
import type { CaseRow } from "#modules/cases/api.ts";
import type { Language } from "#domain/words.ts";
import { LinkButton } from "#kit/portal/button.tsx";
import { formatDay } from "#kit/portal/dates.ts";
import { Tag } from "#kit/portal/tag.tsx";
import { statusTones } from "./status.ts";
import { type CasePortalWords, casePortalWords } from "./words.ts";

export interface MyCasesProps {
  readonly language: Language;
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly rows: readonly CaseRow[];
}

export function MyCases({ language, today, rows }: MyCasesProps): ReactNode {
  const words = casePortalWords(language);
  return (
    <>
      <h1 className="first">{words.myCases}</h1>
      {rows.length === 0 ? (
        <div className="card stack section">
          <p>{words.myCasesEmpty}</p>
          <LinkButton href="/search">{words.findItem}</LinkButton>
        </div>
      ) : (
        <ul className="rows card">
          {rows.map((row) => (
            <Row key={row.id} language={language} today={today} row={row} words={words} />
          ))}
        </ul>
      )}
      <p>
        <a className="way" href="/drafts">
          {words.drafts}
        </a>
      </p>
    </>
  );
}

interface RowProps {
  readonly language: Language;
  readonly today: string;
  readonly row: CaseRow;
  readonly words: CasePortalWords;
}

function Row({ language, today, row, words }: RowProps): ReactNode {
  const status = row.status;
  const due = row.dueOn === null ? null : words.due(formatDay(row.dueOn, language, today));
  return (
    <li>
      <div>
        <a className="title" href={`/cases/${row.number}`}>
          {row.itemName[language]}
        </a>
        <div className="muted">{[row.organisationName, due].filter(Boolean).join(" · ")}</div>
        <div className="muted small num">{words.caseNumber(row.number)}</div>
      </div>
      <Tag tone={statusTones[status]}>{words.status[status]}</Tag>
    </li>
  );
}
