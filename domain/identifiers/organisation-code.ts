import { normaliseIdentifier } from "../normalise.ts";
import { alphanumericValue, invalid, type Verdict } from "./verdict.ts";

export type OrganisationCodeRule = "length" | "characters" | "check";

const WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2] as const;

/** 组织机构代码, GB 11714-1997: 8 digits or capitals and a check character 0–9 or X; usually written with a dash before it. */
export function verdictOnOrganisationCode(text: string): Verdict<OrganisationCodeRule> {
  const code = normaliseIdentifier(text);
  if (code.length !== 9) return invalid("length", `应为9位，现为${code.length}位。`, `It must have 9 characters; this has ${code.length}.`);
  if (!/^[\dA-Z]{8}[\dX]$/.test(code)) {
    return invalid("characters", "只能用数字和大写字母，末位为数字或X。", "Only digits and capitals; the last is a digit or X.");
  }
  if (organisationCodeCheck(code) !== code[8]) {
    return invalid("check", "校验码（第9位）不对。", "The check character (position 9) is wrong.");
  }
  return { valid: true, normalised: code };
}

/** Check character of the first 8 characters. */
export function organisationCodeCheck(code: string): string {
  let sum = 0;
  for (let i = 0; i < 8; i++) sum += (WEIGHTS[i] ?? 0) * alphanumericValue(code, i);
  const check = 11 - (sum % 11);
  return check === 10 ? "X" : check === 11 ? "0" : String(check);
}
