import type { ReactNode } from "react";
import type { Language } from "#domain/words.ts";
import { portalWords } from "#kit/words/portal.ts";
import { fieldId } from "./fields.tsx";

export interface FieldError {
  /** Name of the field, as in the form. */
  readonly name: string;
  readonly message: string;
}

/** Stands above the h1 and takes focus (`autofocus` on a focusable element, so no script is needed); each line leads to its field. */
export function ErrorSummary({ language, errors }: { readonly language: Language; readonly errors: readonly FieldError[] }): ReactNode {
  if (errors.length === 0) return null;
  return (
    <div className="summary-of-errors" role="alert" tabIndex={-1} autoFocus aria-labelledby="summary-of-errors">
      <h2 id="summary-of-errors">{portalWords(language).wrongSummary(errors.length)}</h2>
      <ul className="plain">
        {errors.map((error) => (
          <li key={error.name}>
            <a href={`#${fieldId(error.name)}`}>{error.message}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The sentence of one field, or null. */
export function errorOf(errors: readonly FieldError[], name: string): string | null {
  return errors.find((error) => error.name === name)?.message ?? null;
}
