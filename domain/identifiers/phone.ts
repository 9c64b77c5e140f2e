import { normaliseIdentifier } from "../normalise.ts";
import { invalid, type Verdict } from "./verdict.ts";

export type MobileRule = "length" | "characters" | "prefix";

/** A mobile number of the mainland: 11 digits, 1 and then 3 to 9. A leading +86, 0086 or 86 is dropped. */
export function verdictOnMobile(text: string): Verdict<MobileRule> {
  const digits = normaliseIdentifier(text).replace(/^(?:\+86|0086|86(?=1\d{10}$))/, "");
  if (!/^\d*$/.test(digits)) return invalid("characters", "手机号只能是数字。", "A mobile number has digits only.");
  if (digits.length !== 11)
    return invalid("length", `手机号应为11位，现为${digits.length}位。`, `A mobile number has 11 digits; this has ${digits.length}.`);
  if (!/^1[3-9]/.test(digits)) return invalid("prefix", "手机号应以13至19开头。", "A mobile number starts with 13 to 19.");
  return { valid: true, normalised: digits };
}
