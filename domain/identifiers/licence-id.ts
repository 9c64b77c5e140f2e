import { toHalfWidth } from "../normalise.ts";
import { verdictOnUscc } from "./uscc.ts";
import { alphanumericValue, invalid, type Verdict } from "./verdict.ts";

export type LicenceIdRule = "parts" | "root" | "type" | "issuer" | "serial" | "version" | "check";

export interface LicenceIdFacts {
  /** 证照类型代码: credit code of the body that defines the type 18, serial 3. */
  readonly type: string;
  /** Credit code of the issuer; an area code of 6 digits in old data. */
  readonly issuer: string;
  readonly serial: string;
  /** Rises with each re-issue; the latest valid version wins. */
  readonly version: number;
}

const ROOT = ["1", "2", "156", "3005", "2"] as const;
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/**
 * 电子证照标识, GB/T 36904-2018: `1.2.156.3005.2 . type 21 . issuer 18 . serial . version 3 . check 1`. The check character is
 * ISO 7064 MOD 37,36 over type, issuer, serial and version; it finds every single wrong character.
 */
export function verdictOnLicenceId(text: string): Verdict<LicenceIdRule, LicenceIdFacts> {
  const id = toHalfWidth(text)
    .replace(/[\s\u200b\ufeff]/g, "")
    .toUpperCase();
  const parts = id.split(".");
  if (parts.length !== 10) return invalid("parts", "应由点号分成10段。", "It must have 10 parts with dots between.");
  if (!ROOT.every((part, i) => parts[i] === part)) return invalid("root", "应以1.2.156.3005.2开头。", "It must start with 1.2.156.3005.2.");
  const [type = "", issuer = "", serial = "", version = "", check = ""] = parts.slice(5);
  if (!/^[\dA-Z]{18}\d{3}$/.test(type))
    return invalid("type", "证照类型代码应为18位代码加3位数字。", "The type must be an 18-character code and 3 digits.");
  if (!/^([\dA-Z]{18}|\d{6})$/.test(issuer))
    return invalid("issuer", "颁发机构应为18位信用代码。", "The issuer must be an 18-character credit code.");
  // Issuers number as they like; 7 to 32 characters were seen. The bound only keeps nonsense out.
  if (!/^[\dA-Z]{1,64}$/.test(serial)) return invalid("serial", "流水号只用数字和大写字母。", "The serial has digits and capitals only.");
  if (!/^\d{3}$/.test(version)) return invalid("version", "版本号应为3位数字。", "The version must be 3 digits.");
  if (licenceIdCheck(type + issuer + serial + version) !== check) return invalid("check", "校验位不对。", "The check character is wrong.");
  if (!verdictOnUscc(type.slice(0, 18)).valid)
    return invalid("type", "证照类型代码中的信用代码有误。", "The credit code inside the type is wrong.");
  if (issuer.length === 18 && !verdictOnUscc(issuer).valid)
    return invalid("issuer", "颁发机构的信用代码有误。", "The issuer's credit code is wrong.");
  return { valid: true, normalised: id, type, issuer, serial, version: Number(version) };
}

/** ISO 7064 MOD 37,36 (GB/T 17710) of digits and capitals. */
export function licenceIdCheck(text: string): string {
  let product = 36;
  for (let i = 0; i < text.length; i++) {
    const sum = (product + alphanumericValue(text, i)) % 36 || 36;
    product = (sum * 2) % 37;
  }
  return ALPHABET.charAt((37 - product) % 36);
}
