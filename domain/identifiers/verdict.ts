/**
 * What a check of an identifier says: its normal form and the facts it carries, or the first rule it breaks with the
 * reason in both languages. A verdict tells about the form only; whether the code was ever issued is another question.
 */
export type Verdict<Rule extends string, Facts extends object = object> = Valid<Facts> | Invalid<Rule>;

export type Valid<Facts extends object = object> = { readonly valid: true; readonly normalised: string } & Readonly<Facts>;

export interface Invalid<Rule extends string = string> {
  readonly valid: false;
  readonly rule: Rule;
  readonly zh: string;
  readonly en: string;
}

export function invalid<const Rule extends string>(rule: Rule, zh: string, en: string): Invalid<Rule> {
  return { valid: false, rule, zh, en };
}

/** Value of a digit or capital: 0–9 → 0–9, A–Z → 10–35; -1 for anything else. */
export function alphanumericValue(text: string, index: number): number {
  const code = text.charCodeAt(index);
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 65 && code <= 90) return code - 55;
  return -1;
}
