/**
 * Forgive input (ux P3): people paste numbers with full-width digits, spaces and dashes. What is normalised here is
 * what is stored and compared; the text as typed is not kept.
 */

/** Full-width forms (U+FF01–FF5E, the ideographic space) as their ordinary ones; all else unchanged. */
export function toHalfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e\u3000]/g, (c) => (c === "\u3000" ? " " : String.fromCharCode(c.charCodeAt(0) - 0xfee0)));
}

// White space of every kind, zero-width characters and byte-order marks (they come with copied text), and the dashes.
const SEPARATORS = /[\s\u200b-\u200d\u2060\ufeff\u002d\u00ad\u2010-\u2015\u2212\ufe58\ufe63]/g;

/** An identifier or number as it is compared: half-width, capitals, without spaces and dashes. */
export function normaliseIdentifier(text: string): string {
  return toHalfWidth(text).replace(SEPARATORS, "").toUpperCase();
}
