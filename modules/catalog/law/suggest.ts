import { toHalfWidth } from "#domain/normalise.ts";

/** An item of our basic catalogue, as far as a match needs it. */
export interface CatalogueName {
  readonly id: string;
  readonly name: string;
  readonly basicCode: string | null;
}

/** `score` from 0 to 1; 1 = the same code or, apart from brackets and punctuation, the same name. */
export interface Suggestion {
  readonly id: string;
  readonly score: number;
}

interface Prepared {
  readonly id: string;
  readonly plain: string;
  readonly pairs: ReadonlySet<string>;
}

/** Below this two names share words such as 审批 and 许可证 but not the matter; tried on 218 against 1,135 names. */
const leastScore = 0.6;

/**
 * Which item of ours a foreign one may be: by basic code, else by name (Dice's coefficient over pairs of characters).
 * Only a suggestion: two bodies may give one name to different matters, so a person confirms it.
 */
export function suggester(catalogue: readonly CatalogueName[]): (name: string, basicCode: string | null) => Suggestion | null {
  const byCode = new Map(catalogue.filter(({ basicCode }) => basicCode !== null).map((item) => [item.basicCode, item.id]));
  const prepared: readonly Prepared[] = catalogue.map(({ id, name }) => prepare(id, name));
  const byName = new Map(prepared.map((item) => [item.plain, item.id]));
  return (name, basicCode) => {
    const same = (basicCode === null ? undefined : byCode.get(basicCode)) ?? byName.get(plainName(name));
    return same === undefined ? closest(prepared, prepare("", name)) : { id: same, score: 1 };
  };
}

function closest(catalogue: readonly Prepared[], wanted: Prepared): Suggestion | null {
  let best: Suggestion | null = null;
  for (const { id, pairs } of catalogue) {
    const score = dice(pairs, wanted.pairs);
    if (score >= leastScore && (best === null || score > best.score)) best = { id, score: Math.round(score * 100) / 100 };
  }
  return best;
}

function prepare(id: string, name: string): Prepared {
  const plain = plainName(name);
  return { id, plain, pairs: new Set(Array.from({ length: Math.max(plain.length - 1, 0) }, (_, at) => plain.slice(at, at + 2))) };
}

/** Without what stands in brackets (levels, variants), punctuation and the words every name may end with. */
function plainName(name: string): string {
  return toHalfWidth(name)
    .replace(/\([^()]*\)|〔[^〕]*〕|【[^】]*】/g, "")
    .replace(/[\p{P}\p{S}\s]/gu, "");
}

function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  let shared = 0;
  for (const pair of a) if (b.has(pair)) shared += 1;
  return (2 * shared) / (a.size + b.size);
}
