import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Text } from "#domain/words.ts";
import { standardRoles } from "#modules/organisation/law/roles.ts";
import { treeFaults } from "#modules/organisation/law/structure.ts";
import type {
  AssignmentValue,
  DivisionValue,
  HallValue,
  PersonValue,
  PostValue,
  UnitValue,
  WindowValue,
} from "#modules/organisation/law/values.ts";
import type { Database } from "#platform/db.ts";
import type { Ledger } from "#platform/ledger/ledger.ts";
import { createMany, derivedUuid, type NewRow, type Register, registerId } from "#platform/ledger/register-store.ts";
import * as registers from "./registers.ts";
import { giveFirstPassword } from "./store.ts";

/** One password for every officer of the demonstration district; shown at start. A production profile loads no such people. */
export const demoPassword = "xiangshan-2026";

type Keyed<Value> = Value & { readonly key: string };
type Marked = { readonly mark: "known" | "found" | "invented" };

export interface DistrictFile {
  readonly divisions: readonly Keyed<DivisionValue & Marked>[];
  readonly units: readonly Keyed<UnitValue>[];
  readonly posts: readonly Keyed<PostValue>[];
  readonly halls: readonly Keyed<HallValue>[];
  readonly windows: readonly Keyed<Omit<WindowValue, "person">>[];
}

export interface PeopleFile {
  readonly people: readonly {
    readonly userName: string;
    readonly name: string;
    readonly nameEn: string;
    readonly unit: string;
    readonly posts: readonly string[];
    /** Key of the window where this officer sits. */
    readonly window: string | null;
    readonly roles: readonly AssignmentValue[];
  }[];
}

export interface DemoTarget {
  readonly db: Database;
  readonly ledger: Ledger;
  readonly now: Date;
}

/**
 * Loads the demonstration district's organisation and people. Every row is an act with an id computed from tenant,
 * register and key, so a load that was killed midway goes on where it stopped. Answers how many rows are new.
 */
export async function loadDemoOrganisation(
  target: DemoTarget & { readonly root: string; readonly hashPassword: (password: string) => Promise<string> },
): Promise<number> {
  const district = readJson(target.root, "organisations.json") as DistrictFile;
  const people = readJson(target.root, "people.json") as PeopleFile;
  const created = (await loadDistrict(target, district, people)) + (await loadPeople(target, people));
  const ids = people.people.map(({ userName }) => registerId(target.db.tenant, registers.people.store.name, userName));
  await giveFirstPassword(target.db, ids, await target.hashPassword(demoPassword), target.now);
  return created;
}

function readJson(root: string, name: string): unknown {
  return JSON.parse(readFileSync(join(root, "data", "demo", name), "utf8"));
}

export async function loadDistrict(target: DemoTarget, district: DistrictFile, { people }: PeopleFile): Promise<number> {
  for (const rows of [district.divisions, district.units]) {
    const [fault] = treeFaults(rows);
    if (fault !== undefined) throw new Error(`${fault.key}: ${fault.fault}`);
  }
  const seated = new Map(people.flatMap(({ window, userName }) => (window === null ? [] : [[window, userName] as const])));
  const loads = [
    load(
      target,
      registers.divisions,
      district.divisions.map(({ mark: _, ...division }) => division),
    ),
    load(target, registers.units, district.units),
    load(target, registers.posts, district.posts),
    load(
      target,
      registers.roles,
      standardRoles.map((role) => ({ ...role, permissions: [...role.permissions] })),
    ),
    load(target, registers.halls, district.halls),
    load(
      target,
      registers.windows,
      district.windows.map((window) => ({ ...window, person: seated.get(window.key) ?? null })),
    ),
  ];
  return sum(await Promise.all(loads));
}

export async function loadPeople(target: DemoTarget, { people }: PeopleFile): Promise<number> {
  const persons: readonly Keyed<PersonValue>[] = people.map(({ userName, name, nameEn, unit, posts }) => ({
    key: userName,
    name,
    nameEn,
    unit,
    posts: [...posts],
  }));
  const assigned: readonly Keyed<AssignmentValue>[] = people.flatMap(({ userName, roles }) =>
    roles.map((role) => ({ key: registers.assignmentKey(userName, role), ...role })),
  );
  return sum(await Promise.all([load(target, registers.people, persons), load(target, registers.assignments, assigned)]));
}

async function load<Value extends object>(
  { db, ledger, now }: DemoTarget,
  register: Register<Value>,
  rows: readonly Keyed<Value>[],
): Promise<number> {
  const newRows = rows.map(({ key, ...value }): NewRow<Value> => {
    return { id: registerId(db.tenant, register.store.name, key), key, value: value as unknown as Value };
  });
  return createMany(ledger, db, register, { actor: demoActor, at: now, purpose: "demo" }, newRows);
}

/** Who stands in the ledger as the maker of the demonstration rows. */
const demoActor = derivedUuid("system", "demo-district");

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

export interface DemoAccount {
  readonly userName: string;
  readonly name: string;
  readonly what: Text;
}

/** The officers to show at start: one for each hand that a case passes through. */
export function demoAccounts(): readonly DemoAccount[] {
  return [
    { userName: "wangmin", name: "王敏", what: { zh: "综合窗口受理（全区）", en: "window clerk, whole district" } },
    { userName: "zhangwei", name: "张伟", what: { zh: "市场监管局审查", en: "reviewer, market regulation" } },
    { userName: "lijianguo", name: "李建国", what: { zh: "市场监管局决定", en: "decider, market regulation" } },
    { userName: "huangying", name: "黄颖", what: { zh: "卫健委审查", en: "reviewer, health" } },
    { userName: "songwei", name: "宋巍", what: { zh: "卫健委决定", en: "decider, health" } },
    { userName: "sunli", name: "孙丽", what: { zh: "统一出件（送达、办结）", en: "issuer: delivery and closing" } },
    { userName: "zhoujun", name: "周军", what: { zh: "分管领导（统计、办件）", en: "leader: figures and cases" } },
    { userName: "hexin", name: "何鑫", what: { zh: "平台运行（处理搁置）", en: "operator: parked entries" } },
  ];
}
