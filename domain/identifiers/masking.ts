/**
 * Masking for display (个人信息保护法 6: no more than the purpose needs). Defaults: name 张* / 张*三, identity number first
 * 3 and last 4, phone 3 + 4, address to the street, bank account last 4. Credit codes and company names are public.
 * Masking is for screens and lists; it is no encryption, and masked text is never matched against.
 */

/** 张* for two characters, 张*三 for three, first and last for more. Counted in characters, also rare ones (GB 18030). */
export function maskName(name: string): string {
  const characters = [...name.trim()];
  const [first = "", ...rest] = characters;
  if (rest.length === 0) return "*".repeat(characters.length);
  if (rest.length === 1) return `${first}*`;
  return `${first}${"*".repeat(rest.length - 1)}${rest.at(-1) ?? ""}`;
}

/** First 3 and last 4 (`340***********0018`); at most 6 and 4 may be shown, more throws RangeError. */
export function maskResidentId(id: string, shown: { readonly first: number; readonly last: number } = { first: 3, last: 4 }): string {
  if (!(shown.first >= 0 && shown.first <= 6 && shown.last >= 0 && shown.last <= 4)) {
    throw new RangeError(`at most 6 + 4 characters of an identity number may be shown, not ${shown.first} + ${shown.last}`);
  }
  return maskMiddle(id, shown.first, shown.last);
}

/** 138****5678 */
export function maskPhone(phone: string): string {
  return maskMiddle(phone, 3, 4);
}

/** Last 4 only. */
export function maskBankAccount(account: string): string {
  return maskMiddle(account.replace(/\s/g, ""), 0, 4);
}

// Digits, or a number in characters before its unit. The empty end of the text matches too, so a search always succeeds.
const HOUSE_NUMBER = /[\d０-９]|[〇零一二三四五六七八九十百千]+(?:号|栋|幢|座|单元|室|楼|层|组)|$/;

/**
 * Up to the street, or to the town or county where no street is named; all of it hidden where none is found. Only what
 * stands before the first house number is looked at, so a name behind it never shows.
 */
export function maskAddress(address: string): string {
  const text = address.trim();
  const beforeNumber = text.slice(0, text.search(HOUSE_NUMBER));
  const street = /^.*(?:大道|大街|路|街道?|巷|弄|胡同|镇|乡|苏木)/.exec(beforeNumber)?.[0];
  const shown = street ?? /^.*(?:(?<![小社园])区|县|旗|市|盟|州|省)/.exec(beforeNumber)?.[0] ?? "";
  return shown === text && shown !== "" ? text : `${shown}****`;
}

// A text too short to hide anything is hidden whole.
function maskMiddle(text: string, first: number, last: number): string {
  const characters = [...text];
  const hidden = characters.length - first - last;
  if (hidden < 1) return "*".repeat(characters.length);
  return characters.slice(0, first).join("") + "*".repeat(hidden) + characters.slice(characters.length - last).join("");
}
