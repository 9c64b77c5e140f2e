import { type AccountEntry, type AccountState, evolve } from "#modules/accounts/law/state.ts";
import type { Database, Transaction } from "#platform/db.ts";
import type { Store } from "#platform/ledger/store.ts";
import type { PlainDate } from "#domain/plain-date.ts";

export const factKinds = ["phone", "name", "residentId"] as const;
export type FactKind = (typeof factKinds)[number];

/** An account's stream; personal facts are rows beside it, written in the same statement. */
export const accountStore: Store<AccountState> = {
  name: "accounts.account",
  table: "accounts.account",
  fixed: {},
  beside: {
    fact: {
      table: "accounts.fact",
      columns: {
        account: "uuid",
        kind: "text",
        version: "int",
        sealed: "text",
        blind: "text",
        masked: "text",
        recorded_at: "timestamptz",
      },
      key: ["account", "kind", "version"],
    },
  },
  evolve: (state, entry) => evolve(state, entry as unknown as AccountEntry & { readonly effectiveOn: PlainDate }),
};

export interface NewCode {
  readonly id: string;
  readonly phoneSealed: string;
  readonly phoneBlind: string;
  readonly phoneMasked: string;
  readonly codeBlind: string;
  readonly sentAt: Date;
  readonly expiresAt: Date;
}

export async function insertCode(tx: Transaction, tenant: string, code: NewCode): Promise<void> {
  await tx.change({
    name: "accounts insert code",
    text: `insert into accounts.sign_in_code (tenant, id, phone_sealed, phone_blind, phone_masked, code_blind, sent_at, expires_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [tenant, code.id, code.phoneSealed, code.phoneBlind, code.phoneMasked, code.codeBlind, code.sentAt, code.expiresAt],
  });
}

export interface TriedCode {
  readonly tries: number;
  readonly codeBlind: string;
  readonly phoneSealed: string;
  readonly phoneBlind: string;
}

/** Counts one try and answers the code, or null if it is unknown, over, used by another request or has no try left. */
export async function countTry(
  db: Database,
  { id, act, mostTries, now }: { readonly id: string; readonly act: string; readonly mostTries: number; readonly now: Date },
): Promise<TriedCode | null> {
  const [tried] = await db.query<TriedCode>({
    name: "accounts count try",
    text: `update accounts.sign_in_code c set tries = c.tries + 1
where c.tenant = $1 and c.id = $2 and c.tries < $3 and c.expires_at > $4 and (c.used_at is null or c.used_act = $5)
returning c.tries, c.code_blind as "codeBlind", c.phone_sealed as "phoneSealed", c.phone_blind as "phoneBlind"`,
    values: [db.tenant, id, mostTries, now, act],
  });
  return tried ?? null;
}

/** True for the one request that uses the code, also when it comes twice. */
export async function spendCode(db: Database, id: string, act: string, now: Date): Promise<boolean> {
  const used = await db.change({
    name: "accounts use code",
    text: `update accounts.sign_in_code c set used_at = coalesce(c.used_at, $3), used_act = $4
where c.tenant = $1 and c.id = $2 and (c.used_at is null or c.used_act = $4)`,
    values: [db.tenant, id, now, act],
  });
  return used === 1;
}

export async function dropCodes(db: Database, sentBefore: Date): Promise<number> {
  return db.change({
    text: "delete from accounts.sign_in_code c where c.tenant = $1 and c.sent_at < $2",
    values: [db.tenant, sentBefore],
  });
}
