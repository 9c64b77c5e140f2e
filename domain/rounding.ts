/**
 * Shares for display, from numerator and denominator as stored, in whole-number arithmetic. Half up by default; `truncate`
 * (截断) because several places print cut figures (382/388 = 98.4536 is printed 98.4).
 */
export interface ShareOptions {
  /** Digits behind the point of the percentage, 0 to 6; 2 by default. */
  readonly decimals?: number;
  readonly mode?: "half-up" | "truncate";
}

/**
 * The percentage without its sign, such as "98.45"; null when the denominator is 0. A share below the whole never reads
 * "100" by rounding: it stops one unit short. Throws RangeError unless both are whole numbers, not negative.
 */
export function formatShare(numerator: number, denominator: number, options: ShareOptions = {}): string | null {
  const { decimals = 2, mode = "half-up" } = options;
  if (!isCount(numerator) || !isCount(denominator)) throw new RangeError(`a share needs two counts: ${numerator}/${denominator}`);
  if (!(Number.isInteger(decimals) && decimals >= 0 && decimals <= 6)) throw new RangeError(`0 to 6 decimals, not ${decimals}`);
  if (denominator === 0) return null;
  const whole = 100n * 10n ** BigInt(decimals);
  const of = BigInt(denominator);
  const scaled = BigInt(numerator) * whole;
  const rounded = mode === "truncate" ? scaled / of : (scaled * 2n + of) / (of * 2n);
  const shown = numerator < denominator && rounded >= whole ? whole - 1n : rounded;
  const digits = shown.toString().padStart(decimals + 1, "0");
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
