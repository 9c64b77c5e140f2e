import type { SameWords } from "#domain/words.ts";
import type { figuresWords as zh } from "#modules/figures/words.zh.ts";

export const figuresWords: SameWords<typeof zh> = {
  refusals: {},
  definition: (today) => `All cases received. Overdue: not finished by ${today} and past the promised day.`,
};
