/** Longest name on an identity card, in characters, with room for names of several parts. */
const longest = 50;

/**
 * A person's name as it is kept: without spaces around it, with the one middle dot of GB 11643 records (·) for the five
 * that keyboards give. Null if it is no name. Rare characters (GB 18030) count as one each.
 */
export function normalisePersonName(text: string): string | null {
  const name = text
    .normalize("NFC")
    .trim()
    .replace(/[•‧・･∙]/g, "·")
    .replace(/\s+/g, " ");
  const characters = [...name].length;
  if (characters < 2 || characters > longest) return null;
  return /^\p{L}[\p{L}\p{M}·.'’ -]*$/u.test(name) ? name : null;
}
