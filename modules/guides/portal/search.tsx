import type { ReactNode } from "react";
import type { Limit } from "#modules/catalog/api.ts";
import type { Language } from "#domain/words.ts";
import { Tag } from "#kit/portal/tag.tsx";
import { formatLimit } from "./limit.ts";
import { Chips, SearchForm } from "./search-form.tsx";
import { guideWords } from "./words.ts";

export interface SearchResult {
  readonly code: string;
  readonly title: string;
  readonly summary: string;
  readonly office: string;
  readonly online: boolean;
  /** The promised limit. */
  readonly limit: Pick<Limit, "amount" | "unit">;
  /** In how many places of the district it is offered. */
  readonly places: number;
}

export interface SearchProps {
  readonly language: Language;
  readonly q: string;
  readonly results: readonly SearchResult[];
  /** Other plain words, shown when nothing was found. */
  readonly suggestions: readonly string[];
}

export function Search({ language, q, results, suggestions }: SearchProps): ReactNode {
  const words = guideWords(language);
  return (
    <>
      <SearchForm language={language} q={q} edged />
      {q !== "" && results.length === 0 ? (
        <Nothing language={language} q={q} suggestions={suggestions} />
      ) : (
        <>
          <h1>{words.searchTitle(q)}</h1>
          {q === "" ? <Chips label={words.oftenAsked} chips={suggestions} /> : <p className="muted">{words.resultCount(results.length)}</p>}
          <ol className="results">
            {results.map((result) => (
              <Result key={result.code} language={language} result={result} />
            ))}
          </ol>
        </>
      )}
    </>
  );
}

function Result({ language, result }: { readonly language: Language; readonly result: SearchResult }): ReactNode {
  const words = guideWords(language);
  return (
    <li className="card">
      <a href={`/items/${encodeURIComponent(result.code)}`}>{result.title}</a>
      <p>{result.summary}</p>
      <p className="muted small line">
        <Tag tone={result.online ? "done" : "waiting"}>{result.online ? words.online : words.windowOnly}</Tag>
        <span>{result.office}</span>
        <span>{words.promised(formatLimit(result.limit, language))}</span>
        <span>{words.places(result.places)}</span>
      </p>
    </li>
  );
}

/** Zero results are not an end: the query is kept, and a person can be called (ux P18). */
function Nothing({ language, q, suggestions }: Pick<SearchProps, "language" | "q" | "suggestions">): ReactNode {
  const words = guideWords(language);
  return (
    <div className="stack">
      <h1>{words.nothing(q)}</h1>
      <p>{words.nothingHint}</p>
      <p>
        <a className="button" href="tel:12345">
          {words.call}
        </a>
      </p>
      {suggestions.length === 0 ? null : (
        <>
          <h2>{words.tryThese}</h2>
          <Chips label={words.tryThese} chips={suggestions} />
        </>
      )}
    </div>
  );
}
