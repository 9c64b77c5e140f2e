import type { ReactNode } from "react";
import type { Language } from "#domain/words.ts";
import { BackLink } from "#kit/portal/button.tsx";
import { Details, Pagination } from "#kit/portal/card.tsx";
import { SearchForm } from "./search-form.tsx";
import { guideWords } from "./words.ts";

export interface ItemGroup {
  readonly name: string;
  readonly count: number;
  readonly href: string;
  readonly chosen: boolean;
}

export interface ItemListRow {
  readonly code: string;
  readonly name: string;
  readonly office: string;
  readonly online: boolean;
}

export interface ItemListProps {
  readonly language: Language;
  readonly groups: readonly ItemGroup[];
  readonly rows: readonly ItemListRow[];
  /** Address of the next page, or null on the last. */
  readonly next: string | null;
}

export function ItemList({ language, groups, rows, next }: ItemListProps): ReactNode {
  const words = guideWords(language);
  const chosen = groups.find((group) => group.chosen);
  return (
    <>
      <BackLink href="/">{words.home}</BackLink>
      <h1>{words.listTitle}</h1>
      <p className="muted">{words.listIntro}</p>
      <SearchForm language={language} q="" edged />
      <Details summary={chosen === undefined ? words.departments : `${words.departments} · ${chosen.name}`}>
        <ul className="chips" aria-label={words.departments}>
          {groups.map((group) => (
            <li key={group.href}>
              <a href={group.href} aria-current={group.chosen ? "true" : undefined}>
                {group.name}
                <span className="num count">{group.count}</span>
              </a>
            </li>
          ))}
        </ul>
      </Details>
      {rows.length === 0 ? (
        <p className="card">{words.rowsEmpty}</p>
      ) : (
        <ul className="rows card">
          {rows.map((row) => (
            <li key={row.code}>
              <div>
                <a className="title" href={`/items/${encodeURIComponent(row.code)}`}>
                  {row.name}
                </a>
                <div className="muted small">{row.office}</div>
              </div>
              <span className="muted small">{row.online ? words.online : words.windowOnly}</span>
            </li>
          ))}
        </ul>
      )}
      <Pagination next={next}>{words.more}</Pagination>
    </>
  );
}
