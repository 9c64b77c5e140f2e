import type { Text } from "#domain/words.ts";
import type { UnitValue } from "#modules/organisation/law/values.ts";
import { registerId } from "#platform/ledger/register-store.ts";
import { type DemoTarget, type DistrictFile, loadDistrict, loadPeople, type PeopleFile } from "../demo.ts";
import { people, units } from "../registers.ts";
import { giveFirstPassword } from "../store.ts";

const both = (text: string): Text => ({ zh: text, en: text });

function unit(key: string, kind: UnitValue["kind"], parent: string | null, division: string) {
  return { key, kind, name: both(key), shortName: both(key), parent, division, phone: null, uscc: null };
}

/** A government with the keys of the demonstration district and as few rows as scopes need: two departments, one street. */
const district: DistrictFile = {
  divisions: [
    { key: "410503", code: "410503", name: { zh: "文峰区", en: "Wenfeng District" }, level: "county", parent: null, mark: "known" },
    { key: "410503001", code: null, name: { zh: "街道", en: "Subdistrict" }, level: "town", parent: "410503", mark: "invented" },
  ],
  units: [
    unit("zwfw", "centre", null, "410503"),
    unit("scjg", "department", null, "410503"),
    unit("scjg.spk", "section", "scjg", "410503"),
    unit("wjw", "department", null, "410503"),
    unit("410503001-zx", "town-centre", null, "410503001"),
  ],
  posts: [{ key: "clerk", name: both("clerk") }],
  halls: [{ key: "main", name: both("hall"), unit: "zwfw", address: both("hall"), hours: both("9-17"), phone: null }],
  windows: [{ key: "main.01", number: "01", name: both("window"), kind: "comprehensive", hall: "main", unit: "zwfw" }],
};

const smallPeople: PeopleFile = {
  people: (
    [
      ["wangmin", "zwfw", "clerk", "division", "410503"],
      ["zhangwei", "scjg.spk", "reviewer", "department", "scjg"],
      ["lijianguo", "scjg", "decider", "department", "scjg"],
      ["huangying", "wjw", "reviewer", "department", "wjw"],
      ["songwei", "wjw", "decider", "department", "wjw"],
      ["sunli", "zwfw", "issuer", "division", "410503"],
      ["zhoujun", "zwfw", "leader", "division", "410503"],
      ["hexin", "zwfw", "operator", "tenant", null],
    ] as const
  ).map(([userName, unitKey, role, scope, target]) => ({
    userName,
    name: userName,
    nameEn: userName,
    unit: unitKey,
    posts: [],
    window: null,
    roles: [{ role, scope, target }],
  })),
};

/** A second, tiny tenant with the keys and user names of the demonstration district, so that a leak of scope finds rows that match. */
export async function loadSmallTenant(target: DemoTarget, passwordHash: string | null = null): Promise<void> {
  await loadDistrict(target, district, smallPeople);
  await loadPeople(target, smallPeople);
  if (passwordHash === null) return;
  const ids = smallPeople.people.map(({ userName }) => personId(target.db.tenant, userName));
  await giveFirstPassword(target.db, ids, passwordHash, target.now);
}

/** The id that the demonstration loads give an officer. */
export function personId(tenant: string, userName: string): string {
  return registerId(tenant, people.store.name, userName);
}

/** The id that the demonstration loads give a unit. */
export function unitId(tenant: string, key: string): string {
  return registerId(tenant, units.store.name, key);
}
