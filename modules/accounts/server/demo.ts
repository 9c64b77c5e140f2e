import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Vault } from "#platform/crypto/vault.ts";
import type { Database } from "#platform/db.ts";
import type { Ledger } from "#platform/ledger/ledger.ts";
import { derivedUuid } from "#platform/ledger/register-store.ts";
import { openIdentified } from "./commands.ts";
import { maskedPeople } from "./queries.ts";

interface CitizensFile {
  readonly citizens: readonly { readonly phone: string; readonly name: string; readonly residentId: string }[];
}

export interface DemoCitizen {
  readonly id: string;
  readonly phone: string;
  readonly name: string;
}

/** Opens the demonstration citizens' accounts; those that exist are left alone. Answers all of them, to be shown at start. */
export async function loadDemoCitizens(target: {
  readonly db: Database;
  readonly ledger: Ledger;
  readonly vault: Vault;
  readonly root: string;
  readonly now: Date;
}): Promise<readonly DemoCitizen[]> {
  const { db, ledger, vault, now } = target;
  const file = JSON.parse(readFileSync(join(target.root, "data", "demo", "citizens.json"), "utf8")) as CitizensFile;
  const citizens = file.citizens.map((citizen) => ({ ...citizen, id: demoCitizenId(db.tenant, citizen.phone) }));
  const ids = citizens.map(({ id }) => id);
  const existing = new Set((await maskedPeople(db, ids)).map(({ id }) => id));
  for (const citizen of citizens.filter(({ id }) => !existing.has(id))) {
    const act = {
      id: derivedUuid("open", db.tenant, citizen.id),
      digest: citizen.id,
      actor: citizen.id,
      onBehalfOf: null,
      purpose: "demo",
      at: now,
    };
    await openIdentified({ ledger, vault }, citizen.id, citizen, act);
  }
  return citizens.map(({ id, phone, name }) => ({ id, phone, name }));
}

/** The id of a demonstration citizen's account. */
export function demoCitizenId(tenant: string, phone: string): string {
  return derivedUuid("accounts.demo", tenant, phone);
}
