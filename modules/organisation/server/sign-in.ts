import type { Officer } from "#domain/actor.ts";
import { plainDateOf } from "#domain/plain-date.ts";
import { type Refusal, refuse } from "#domain/refusal.ts";
import type { Passwords } from "#platform/auth/passwords.ts";
import type { Database } from "#platform/db.ts";
import { type Limiter, limitRules } from "#platform/rate-limit.ts";
import { findOfficer, officerById } from "./public.ts";
import { setPassword } from "./store.ts";

export interface SignInDeps {
  readonly db: Database;
  readonly passwords: Passwords;
  readonly limiter: Limiter;
}

export interface SignInAttempt {
  readonly userName: string;
  readonly password: string;
  readonly address: string;
  readonly now: Date;
}

export type SignInRefusal = Refusal<"organisation.sign_in_failed" | "organisation.sign_in_paused">;

/**
 * The officer of a user name and password. An unknown name, a retired officer and a wrong password are answered alike
 * and after the same work, so nobody learns which user names exist (ASVS 6.3.8).
 */
export async function signInOfficer(deps: SignInDeps, attempt: SignInAttempt): Promise<Officer | SignInRefusal> {
  const userName = attempt.userName.trim().toLowerCase();
  const seconds = Math.max(
    deps.limiter.take(limitRules.signInByAddress, attempt.address),
    deps.limiter.take(limitRules.signInByName, `${deps.db.tenant} ${userName}`),
  );
  if (seconds > 0) return refuse("organisation.sign_in_paused", { seconds: Math.ceil(seconds) });
  const today = plainDateOf(attempt.now);
  const found = await findOfficer(deps.db, userName, today);
  const right = await deps.passwords.verify(found?.passwordHash ?? null, attempt.password);
  const officer = right && found !== null ? await officerById(deps.db, found.id, today) : null;
  if (officer === null || found === null) return refuse("organisation.sign_in_failed");
  deps.limiter.forget(limitRules.signInByName, `${deps.db.tenant} ${userName}`);
  if (deps.passwords.isOld(found.passwordHash)) {
    await setPassword(deps.db, found.id, await deps.passwords.hash(attempt.password), attempt.now);
  }
  return officer;
}
