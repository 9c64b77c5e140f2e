import type { ReactNode } from "react";
import type { Language } from "#domain/words.ts";
import { guideWords } from "./words.ts";

interface SearchFormProps {
  readonly language: Language;
  readonly q: string;
  /** On white it needs an edge; on the blue of the home page it does not. */
  readonly edged?: boolean;
}

/** A GET form: the address of a result can be kept and sent. */
export function SearchForm({ language, q, edged = false }: SearchFormProps): ReactNode {
  const words = guideWords(language);
  return (
    <form className={edged ? "search edged" : "search"} action="/search" role="search">
      <input
        name="q"
        type="search"
        aria-label={words.searchLabel}
        placeholder={words.searchExample}
        defaultValue={q}
        maxLength={100}
        autoComplete="off"
      />
      <button className="button">{words.searchButton}</button>
    </form>
  );
}

interface ChipsProps {
  readonly label: string;
  readonly chips: readonly string[];
}

/** Plain words one can press instead of typing. */
export function Chips({ label, chips }: ChipsProps): ReactNode {
  return (
    <ul className="chips" aria-label={label}>
      {chips.map((chip) => (
        <li key={chip}>
          <a href={`/search?q=${encodeURIComponent(chip)}`}>{chip}</a>
        </li>
      ))}
    </ul>
  );
}
