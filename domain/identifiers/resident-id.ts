import { normaliseIdentifier } from "../normalise.ts";
import { type PlainDate, parsePlainDate } from "../plain-date.ts";
import { PROVINCE_CODES } from "./province-codes.ts";
import { type Invalid, invalid, type Verdict } from "./verdict.ts";

export type ResidentIdRule = "length" | "fifteen-digits" | "characters" | "area" | "birth-date" | "birth-future" | "check";

export interface ResidentIdFacts {
  /** `resident` 居民身份证, `hmt-residence` 港澳台居民居住证 (same form, areas 810000, 820000, 830000). */
  readonly kind: "resident" | "hmt-residence";
  /** GB/T 2260 as it was at the first issue: it may name a county that no longer exists, and never changes. */
  readonly areaCode: string;
  readonly birthDate: PlainDate;
  readonly sex: "male" | "female";
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECKS = "10X98765432";
const HMT_AREAS: ReadonlySet<string> = new Set(["810000", "820000", "830000"]);

/**
 * 公民身份号码, GB 11643-1999: area 6, birth date 8, order 3 (odd = male), check 1 (ISO 7064 MOD 11-2). `today` decides
 * whether the birth date lies in the future. Cancelled areas are valid: the number outlives them.
 */
export function verdictOnResidentId(text: string, today: PlainDate): Verdict<ResidentIdRule, ResidentIdFacts> {
  const id = normaliseIdentifier(text);
  const broken = brokenForm(id);
  if (broken !== null) return broken;
  const areaCode = id.slice(0, 6);
  const hmt = HMT_AREAS.has(areaCode);
  if (!hmt && (!PROVINCE_CODES.has(id.slice(0, 2)) || id.startsWith("81") || id.startsWith("82"))) {
    return invalid("area", `没有地区代码${areaCode}，请核对前6位。`, `There is no area ${areaCode}; check the first 6 digits.`);
  }
  const birthDate = parsePlainDate(`${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`);
  if (birthDate === null) {
    return invalid("birth-date", "第7至14位不是存在的日期。", "Digits 7 to 14 are not a date that exists.");
  }
  if (birthDate > today) return invalid("birth-future", "出生日期在今天之后。", "The birth date lies in the future.");
  if (residentIdCheck(id) !== id[17]) {
    return invalid("check", "校验码不对，请逐位核对号码。", "The check character is wrong; compare each digit.");
  }
  return {
    valid: true,
    normalised: id,
    kind: hmt ? "hmt-residence" : "resident",
    areaCode,
    birthDate,
    sex: id.charCodeAt(16) % 2 === 1 ? "male" : "female",
  };
}

/** Check character of the first 17 digits. */
export function residentIdCheck(digits: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += (WEIGHTS[i] ?? 0) * (digits.charCodeAt(i) - 48);
  return CHECKS.charAt(sum % 11);
}

function brokenForm(id: string): Invalid<ResidentIdRule> | null {
  // First-generation cards ended on 1 January 2013 (居民身份证法 23).
  if (/^\d{15}$/.test(id))
    return invalid("fifteen-digits", "15位号码已停用，请填18位号码。", "15-digit numbers are no longer valid; give the 18-digit one.");
  if (id.length !== 18) return invalid("length", `应为18位，现为${id.length}位。`, `It must have 18 characters; this has ${id.length}.`);
  if (!/^\d{17}[\dX]$/.test(id)) {
    return invalid("characters", "前17位应为数字，末位为数字或X。", "The first 17 must be digits, the last a digit or X.");
  }
  return null;
}
