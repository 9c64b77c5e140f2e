import { createHash } from "node:crypto";
import type { TSchema } from "typebox";
import { Compile } from "typebox/compile";
import type { JsonObject } from "#domain/json.ts";
import { type PlainDate, plainDateOf } from "#domain/plain-date.ts";
import { isRefusal, type Refusal } from "#domain/refusal.ts";
import {
  decideRegister,
  evolveRegister,
  NOT_CREATED,
  type RegisterCommand,
  type RegisterEntry,
  type RegisterRefusal,
  type RegisterState,
  type RegisterValue,
  valueOn,
} from "#domain/register.ts";
import { uuidFromBytes } from "#domain/uuid.ts";
import type { Database } from "#platform/db.ts";
import type { Act, Entry, NewEntry } from "#platform/ledger/entry.ts";
import type { Ledger } from "#platform/ledger/ledger.ts";
import type { Columns, RowOf, Store } from "#platform/ledger/store.ts";

/**
 * A register of reference data: the table has `tenant, id, key, version, state` and further fixed columns, the law is
 * `domain/register`, and all a module adds is the schema of a value.
 */
export interface Register<Value extends RegisterValue> {
  readonly store: Store<RegisterState<Value>>;
  readonly twoPersons: boolean;
  /** Throws TypeError naming the fault if the value does not fit the schema. */
  check(value: unknown): asserts value is Value;
}

export interface RegisterOptions {
  readonly name: string;
  readonly table: string;
  readonly schema: TSchema;
  /** Columns besides `key`; they never change. */
  readonly fixed?: Columns;
  readonly twoPersons?: boolean;
}

export function register<Value extends RegisterValue>({
  name,
  table,
  schema,
  fixed = {},
  twoPersons = false,
}: RegisterOptions): Register<Value> {
  const validator = Compile(schema);
  return {
    store: {
      name,
      table,
      fixed: { key: "text", ...fixed },
      beside: {},
      evolve: (state, entry) => evolveRegister<Value>(state ?? NOT_CREATED, entry as unknown as RegisterEntry<Value>),
    },
    twoPersons,
    check(value: unknown): asserts value is Value {
      if (validator.Check(value)) return;
      const [fault] = validator.Errors(value);
      throw new TypeError(`${name}: ${fault?.instancePath ?? ""} ${fault?.message ?? "does not fit the schema"}`);
    },
  };
}

/** A row to be created, with an id made by `registerId` so that loading it again is a repeat. */
export interface NewRow<Value extends RegisterValue> {
  readonly id: string;
  readonly key: string;
  readonly value: Value;
  readonly fixed?: RowOf;
  /** A thing may have existed before it was entered; today unless told. */
  readonly effectiveOn?: PlainDate;
}

/** One act on one row of a register. */
export async function actOnRegister<Value extends RegisterValue>(
  ledger: Ledger,
  register: Register<Value>,
  act: Act,
  target: { readonly id: string; readonly create?: RowOf },
  command: RegisterCommand<Value>,
): Promise<readonly Entry[] | Refusal<RegisterRefusal>> {
  if (command.kind === "create" || command.kind === "change") register.check(command.value);
  const facts = { actor: act.actor, today: plainDateOf(act.at), twoPersons: register.twoPersons };
  return ledger.execute<RegisterState<Value>, Refusal<RegisterRefusal>>(register.store, {
    act,
    stream: target.id,
    ...(target.create === undefined ? {} : { create: target.create }),
    decide: (state) => {
      const decided = decideRegister<Value>(state ?? NOT_CREATED, command, facts);
      return isRefusal(decided) ? decided : { entries: decided.map(newEntry) };
    },
  });
}

function newEntry<Value extends RegisterValue>(entry: RegisterEntry<Value>): NewEntry {
  return { type: entry.type, effectiveOn: entry.effectiveOn, payload: entry.payload as unknown as JsonObject };
}

/**
 * Creates many rows, gathered 500 to a statement; rows that exist already are left alone, so a load that was killed midway
 * is finished by starting it again. Answers how many were created now.
 */
export async function createMany<Value extends RegisterValue>(
  ledger: Ledger,
  db: Database,
  register: Register<Value>,
  by: { readonly actor: string; readonly at: Date; readonly purpose: string },
  rows: readonly NewRow<Value>[],
): Promise<number> {
  const found = await db.query<{ id: string }>({
    text: `select id from ${register.store.table} where tenant = $1 and id = any($2::uuid[])`,
    values: [db.tenant, rows.map(({ id }) => id)],
  });
  const existing = new Set(found.map(({ id }) => id));
  const missing = rows.filter(({ id }) => !existing.has(id));
  await Promise.all(missing.map((row) => createRow(ledger, register, by, row)));
  return missing.length;
}

async function createRow<Value extends RegisterValue>(
  ledger: Ledger,
  register: Register<Value>,
  by: { readonly actor: string; readonly at: Date; readonly purpose: string },
  { id, key, value, fixed, effectiveOn }: NewRow<Value>,
): Promise<void> {
  const act: Act = {
    id: derivedUuid("create", ledger.tenant, id),
    digest: id,
    actor: by.actor,
    onBehalfOf: null,
    purpose: by.purpose,
    at: by.at,
  };
  const command = { kind: "create", value, effectiveOn: effectiveOn ?? plainDateOf(by.at) } as const;
  const done = await actOnRegister(ledger, register, act, { id, create: { key, ...fixed } }, command);
  if (isRefusal(done)) throw new Error(`${register.store.name} ${key}: ${done.refused}`);
}

/** The id of a row known by its key: the same in every load, so that other data can refer to it before it is there. */
export function registerId(tenant: string, registerName: string, key: string): string {
  return derivedUuid(registerName, tenant, key);
}

/** A UUID computed from texts (16 bytes of SHA-256); the parts are kept apart, so ("a","bc") and ("ab","c") differ. */
export function derivedUuid(...parts: readonly string[]): string {
  return uuidFromBytes(createHash("sha256").update(JSON.stringify(parts)).digest().subarray(0, 16));
}

/** The value of a state row on a day, or null if it is not in force. */
export function valueOfRow<Value extends RegisterValue>(row: { readonly state: unknown }, today: PlainDate): Value | null {
  return valueOn(row.state as RegisterState<Value>, today);
}
