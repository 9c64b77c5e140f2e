import { type Invalid, invalid, type Verdict } from "./identifiers/verdict.ts";
import { normaliseIdentifier } from "./normalise.ts";
import { type PlainDate, parsePlainDate } from "./plain-date.ts";

/**
 * 办件编号: division 6, date of receipt YYMMDD, serial 6, check digit 1; 19 digits, given at 收件 and never used again.
 * The division is the code of GB/T 2260, or the tenant's own code of 6 digits for a unit that has none (a development
 * zone). Numbers can be guessed from one another, so nobody sees a case by its number alone: see `queryCode`.
 */
export interface CaseNumberParts {
  readonly division: string;
  readonly date: PlainDate;
  /** 1 to 999999 within a division and a day. */
  readonly serial: number;
}

export type CaseNumberRule = "length" | "characters" | "date" | "serial" | "check";

export const LAST_SERIAL = 999_999;

/** The number of a case; throws RangeError when a part has another form. */
export function caseNumber({ division, date, serial }: CaseNumberParts): string {
  if (!/^\d{6}$/.test(division)) throw new RangeError(`a division has 6 digits: ${JSON.stringify(division)}`);
  if (!(Number.isInteger(serial) && serial >= 1 && serial <= LAST_SERIAL))
    throw new RangeError(`a serial lies between 1 and ${LAST_SERIAL}: ${serial}`);
  if (!date.startsWith("20")) throw new RangeError(`a case number can only carry a year of this century: ${date}`);
  const body = division + date.slice(2).replaceAll("-", "") + String(serial).padStart(6, "0");
  return body + caseNumberCheck(body);
}

/** Reads a number as a person typed or spoke it: spaces, dashes and full-width digits are forgiven, a wrong digit is found. */
export function verdictOnCaseNumber(text: string): Verdict<CaseNumberRule, CaseNumberParts> {
  const number = normaliseIdentifier(text);
  const broken = brokenForm(number);
  if (broken !== null) return broken;
  const date = parsePlainDate(`20${number.slice(6, 8)}-${number.slice(8, 10)}-${number.slice(10, 12)}`);
  if (date === null) return invalid("date", "第7至12位不是存在的日期。", "Digits 7 to 12 are not a date that exists.");
  const serial = Number(number.slice(12, 18));
  if (serial === 0) return invalid("serial", "流水号不能全为0。", "The serial cannot be all zeros.");
  return { valid: true, normalised: number, division: number.slice(0, 6), date, serial };
}

// The check digit comes first: a slip of the finger shall read as such, not as a strange date.
function brokenForm(number: string): Invalid<CaseNumberRule> | null {
  if (!/^\d*$/.test(number)) return invalid("characters", "办件编号只有数字。", "A case number has digits only.");
  if (number.length !== 19)
    return invalid("length", `应为19位，现为${number.length}位。`, `It must have 19 digits; this has ${number.length}.`);
  if (caseNumberCheck(number.slice(0, 18)) !== number[18])
    return invalid("check", "编号有误，请逐位核对。", "The number is mistyped; compare each digit.");
  return null;
}

/**
 * ISO 7064 MOD 11,10 (GB/T 17710), the standard's only system whose check is always a decimal digit. It finds every
 * single wrong digit and all but a few swaps of neighbours.
 */
export function caseNumberCheck(digits: string): string {
  let product = 10;
  for (let i = 0; i < digits.length; i++) {
    const sum = (product + digits.charCodeAt(i) - 48) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return String((11 - product) % 10);
}

/**
 * Serials are taken from a counter in blocks, so that a process asks the database once for many numbers and no case waits
 * for a counter row (measured: -44 %). What is left of a block when a process ends is lost: numbers have gaps by design.
 */
export interface SerialBlock {
  readonly next: number;
  readonly last: number;
}

/** The block that follows `taken` serials already handed out; null when the day's serials are used up. */
export function serialBlock(taken: number, size: number): SerialBlock | null {
  if (!(Number.isSafeInteger(taken) && taken >= 0 && Number.isSafeInteger(size) && size >= 1)) {
    throw new RangeError(`a block needs a count and a size: ${taken}, ${size}`);
  }
  return taken >= LAST_SERIAL ? null : { next: taken + 1, last: Math.min(taken + size, LAST_SERIAL) };
}

/** The next serial and what is left of the block; `rest` is null when the block is used up. */
export function takeSerial(block: SerialBlock): { readonly serial: number; readonly rest: SerialBlock | null } {
  const { next, last } = block;
  return { serial: next, rest: next < last ? { next: next + 1, last } : null };
}

/** 31 characters that are not mistaken for one another on paper or on the telephone: no 0, O, 1, I, L. */
export const QUERY_CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const QUERY_CODE_LENGTH = 8;

/**
 * 查询码: 8 characters of 31, that is 39.6 bits. With it one case of known number is found on average after 4 × 10^11
 * tries; at the 10 tries an hour that the rate limit allows, never. `random` gives at least 16 bytes of cryptographic
 * quality: read as one number, so that no character is likelier than another (beyond 2^-88). Throws RangeError on fewer.
 */
export function queryCode(random: Uint8Array): string {
  if (random.length < 16) throw new RangeError(`a query code needs 16 random bytes, not ${random.length}`);
  let number = 0n;
  for (const byte of random.subarray(0, 16)) number = number * 256n + BigInt(byte);
  let code = "";
  for (let i = 0; i < QUERY_CODE_LENGTH; i++) {
    code += QUERY_CODE_ALPHABET.charAt(Number(number % 31n));
    number /= 31n;
  }
  return code;
}
