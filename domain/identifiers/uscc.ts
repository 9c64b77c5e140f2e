import { normaliseIdentifier } from "../normalise.ts";
import { organisationCodeCheck } from "./organisation-code.ts";
import { invalid, type Verdict } from "./verdict.ts";

export type UsccRule = "length" | "characters" | "area" | "check" | "organisation-check";

export interface UsccFacts {
  /** Registration department: 1 机构编制, 5 民政, 9 市场监管, Y 其他 … */
  readonly registrar: string;
  /** Kind of body, counted by each registrar on its own. */
  readonly kind: string;
  readonly areaCode: string;
  readonly organisationCode: string;
}

/** 31 characters: no I, O, S, V, Z, which look like 1, 0, 5, U and 2. */
const ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const;

/**
 * 统一社会信用代码, GB 32100-2015: registrar 1, kind 1, area 6, organisation code 9 (GB 11714), check 1. Both check
 * characters are tested: the inner one catches codes put together wrongly whose outer one was computed afterwards.
 */
export function verdictOnUscc(text: string): Verdict<UsccRule, UsccFacts> {
  const code = normaliseIdentifier(text);
  if (code.length !== 18)
    return invalid("length", `应为18位，现为${code.length}位。`, `It must have 18 characters; this has ${code.length}.`);
  for (const c of code) {
    if (!ALPHABET.includes(c))
      return invalid(
        "characters",
        `不应有“${c}”：只用数字和除I、O、S、V、Z外的大写字母。`,
        `"${c}" is not allowed: digits and capitals without I, O, S, V, Z.`,
      );
  }
  const areaCode = code.slice(2, 8);
  if (!/^\d{6}$/.test(areaCode))
    return invalid("area", "第3至8位应为6位数字的区划代码。", "Characters 3 to 8 must be a 6-digit area code.");
  // The inner check comes first: when it fails, the slip lies in positions 9 to 17; when only the outer fails, elsewhere.
  const organisationCode = code.slice(8, 17);
  if (organisationCodeCheck(organisationCode) !== code[16]) {
    return invalid(
      "organisation-check",
      "机构代码的校验码（第17位）不对。",
      "The organisation code's check character (position 17) is wrong.",
    );
  }
  if (usccCheck(code) !== code[17]) return invalid("check", "校验码（第18位）不对。", "The check character (position 18) is wrong.");
  return { valid: true, normalised: code, registrar: code.charAt(0), kind: code.charAt(1), areaCode, organisationCode };
}

/** Check character of the first 17 characters. */
export function usccCheck(code: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += (WEIGHTS[i] ?? 0) * ALPHABET.indexOf(code.charAt(i));
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}
