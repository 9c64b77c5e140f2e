import { type Refusal, refuse } from "#domain/refusal.ts";

/** A code of 6 digits may be guessed 5 times within 5 minutes: one chance in 200,000 (ASVS 5.0, 6.6.3). */
const codeDigits = 6;
export const codeMinutes = 5;
export const mostTries = 5;

const secondsBetween = 60;
const mostInAnHour = 5;
const mostInADay = 10;
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export type SendRefusal = Refusal<"accounts.code_too_soon" | "accounts.code_too_often">;

/** Whether one more code may go to a phone, by the instants of those sent in the last day. A stranger cannot use us to disturb a phone. */
export function maySend(sentAt: readonly Date[], now: Date): "may send" | SendRefusal {
  const ages = sentAt.map((sent) => now.getTime() - sent.getTime()).filter((age) => age < day);
  const youngest = Math.min(...ages);
  if (youngest < secondsBetween * 1000) {
    return refuse("accounts.code_too_soon", { seconds: Math.ceil((secondsBetween * 1000 - youngest) / 1000) });
  }
  const inAnHour = ages.filter((age) => age < hour).length;
  if (inAnHour >= mostInAnHour || ages.length >= mostInADay) return refuse("accounts.code_too_often");
  return "may send";
}

export function expiresAt(sentAt: Date): Date {
  return new Date(sentAt.getTime() + codeMinutes * minute);
}

/** A code from a uniform random integer below 10^6. */
export function codeOf(random: number): string {
  return String(random).padStart(codeDigits, "0");
}

export type TriedRefusal = Refusal<"accounts.code_wrong" | "accounts.code_expired">;

/**
 * The verdict on one try. `tries` counts this one already: it is counted before it is judged, so parallel guesses
 * cannot share a try. Null stands for a code that is unknown, used up, used or over: all answered alike.
 */
export function judgeTry(tried: { readonly tries: number; readonly matches: boolean } | null): "right" | TriedRefusal {
  if (tried === null) return refuse("accounts.code_expired");
  if (tried.matches) return "right";
  return tried.tries >= mostTries ? refuse("accounts.code_expired") : refuse("accounts.code_wrong", { left: mostTries - tried.tries });
}
