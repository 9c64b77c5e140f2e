/**
 * A refusal is the law's answer "no": a value, never an exception. `refused` states the fact (`register_retired`),
 * `params` carries the facts that the words of both languages need. Anything thrown is a fault of the program.
 */
export interface Refusal<Code extends string = string> {
  readonly refused: Code;
  readonly params: Readonly<Record<string, RefusalParam>>;
}

export type RefusalParam = string | number | boolean | null | readonly string[];

export function refuse<const Code extends string>(code: Code, params: Readonly<Record<string, RefusalParam>> = {}): Refusal<Code> {
  return { refused: code, params };
}

/** True for what `refuse` made; results of the law (entries, states, verdicts) never carry `refused`. */
export function isRefusal(value: unknown): value is Refusal {
  return typeof value === "object" && value !== null && Object.hasOwn(value, "refused") && typeof (value as Refusal).refused === "string";
}
