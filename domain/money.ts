import { toHalfWidth } from "./normalise.ts";

/**
 * Money is a whole number of fen (0.01 yuan), never a fraction: sums of fees must agree to the fen with the receipts.
 * All results stay below 2^53 fen (some 90 trillion yuan) or throw RangeError.
 */
declare const fenBrand: unique symbol;
export type Fen = number & { readonly [fenBrand]: true };

/** Marks a number as fen; throws RangeError unless it is a whole number below 2^53. */
export function fen(amount: number): Fen {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`not a whole number of fen: ${amount}`);
  return (amount === 0 ? 0 : amount) as Fen;
}

const YUAN = /^(-?)(0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)(?:\.(\d{1,2}))?$/;

/** Fen of a text in yuan: "12", "12.3", "12.34", "1,234.50", also full-width; null for anything else. */
export function parseYuan(text: string): Fen | null {
  const match = YUAN.exec(toHalfWidth(text).trim());
  if (match === null) return null;
  const [, sign, yuan = "", fraction = ""] = match;
  const amount = Number(yuan.replaceAll(",", "") + fraction.padEnd(2, "0"));
  return Number.isSafeInteger(amount) ? fen(sign === "-" ? -amount : amount) : null;
}

/** "1,234.50"; with `grouped: false` "1234.50", as exchange formats want it. */
export function formatYuan(amount: Fen, options: { readonly grouped?: boolean } = {}): string {
  const digits = Math.abs(amount).toString().padStart(3, "0");
  const yuan = digits.slice(0, -2);
  const shown = options.grouped === false ? yuan : yuan.replace(/\B(?=(?:\d{3})+$)/g, ",");
  return `${amount < 0 ? "-" : ""}${shown}.${digits.slice(-2)}`;
}

export function addFen(...amounts: readonly Fen[]): Fen {
  return amounts.reduce((sum, amount) => fen(sum + amount), fen(0));
}

/** An amount so many times; throws RangeError unless `times` is a whole number. */
export function timesFen(amount: Fen, times: number): Fen {
  if (!Number.isSafeInteger(times)) throw new RangeError(`not a whole number of times: ${times}`);
  return fen(amount * times);
}

/**
 * Splits an amount by weights so that the parts add up to it exactly. What is left after cutting goes fen by fen to the
 * parts with the largest remainder, the first ones first. Throws RangeError unless the weights are whole numbers, none
 * negative and not all 0.
 */
export function allocateFen(amount: Fen, weights: readonly number[]): readonly Fen[] {
  if (!weights.every((weight) => Number.isSafeInteger(weight) && weight >= 0))
    throw new RangeError("weights must be whole numbers, none negative");
  const whole = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (whole === 0n) throw new RangeError("at least one weight must be above 0");
  const size = BigInt(Math.abs(amount));
  const parts = weights.map((weight, index) => {
    const product = size * BigInt(weight);
    return { index, share: Number(product / whole), rest: product % whole };
  });
  let left = Math.abs(amount) - parts.reduce((sum, { share }) => sum + share, 0);
  const result = parts.map(({ share }) => share);
  for (const { index } of [...parts].sort((a, b) => (a.rest > b.rest ? -1 : a.rest < b.rest ? 1 : a.index - b.index))) {
    if (left === 0) break;
    result[index] = (result[index] ?? 0) + 1;
    left -= 1;
  }
  return result.map((share) => fen(amount < 0 ? -share : share));
}
