/** The two languages of every text a person reads. Chinese is the text of record; English stands beside it. */
export type Language = "zh" | "en";

/** A text of data (an item's name, a question's label): both languages, always. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

/**
 * The shape a second language must have. `words.en.ts` is typed `SameWords<typeof zh>`,
 * so a missing or misnamed English text does not compile.
 */
export type SameWords<Words> = {
  readonly [Key in keyof Words]: Words[Key] extends string
    ? string
    : Words[Key] extends (...args: infer Args) => string
      ? (...args: Args) => string
      : SameWords<Words[Key]>;
};
