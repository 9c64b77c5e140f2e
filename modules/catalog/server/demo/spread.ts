import type { Handling, Role } from "../../api.ts";
import { handlingsOf } from "../../law/handlings.ts";
import type { BasicItem, DemoDivision, DemoOrganisations, DemoUnit } from "./sources.ts";

/** One implementing item (实施清单) to be: who decides what, where, and who takes the papers in. */
export interface Placed {
  readonly item: BasicItem;
  readonly handling: Handling;
  readonly division: DemoDivision;
  readonly role: Role;
  /** The body that decides. */
  readonly decider: DemoUnit;
  /** The window at which one applies. */
  readonly window: DemoUnit;
}

/** These cannot be handed in for someone else: both must appear, or fingerprints are taken. */
const inPerson = /结婚|离婚|收养|居民身份证|出生医学证明/;

/**
 * 帮办代办: matters of shopkeepers and farmers for which villages and communities go to the district on one's behalf.
 * Stands for the list that every town publishes.
 */
const helpedWith: ReadonlySet<string> = new Set(["犬类准养证核发", "个体工商户设立登记", "食品小作坊、小餐饮登记", "林木采伐许可证核发"]);

/** Town governments decide these themselves; of all other items with 乡级 they take in and look at the papers (社会救助暂行办法第十一条). */
const townDecides: ReadonlySet<string> = new Set([
  "适龄儿童、少年因身体状况需要延缓入学或者休学审批", // 义务教育法第十一条
  "乡村建设规划许可证核发", // 城乡规划法第四十一条: handed in to the town
  "农村村民宅基地审批", // 土地管理法第六十二条
  "工商企业等社会资本通过流转取得土地经营权审批", // 农村土地承包法第四十五条
  "生育登记",
  "城乡居民基本医疗保险参保登记",
  "档案查询(民生档案)",
  "政府信息依申请公开",
  "土地权属争议调处", // 土地管理法第十四条: disputes between persons
]);

/**
 * The rule that spreads the basic catalogue over the district, as the seed counts suggest (8,239 items, of which some
 * 6,900 in towns and communities):
 *   1. the district has every item with 县级;
 *   2. a town or subdistrict has every item with 乡级: it decides what the law gives it and takes in the rest; and it takes in
 *      benefits (05), confirmations (07) and public services (20) of the district for natural persons, and what 帮办代办 names;
 *   3. a community or village takes in the same as its town (代办收件点) and decides nothing;
 *   4. nothing that needs one's presence is taken in by an agent;
 *   5. each item stands once for each handling (业务办理项, `law/handlings.ts`).
 */
export function spread(items: readonly BasicItem[], organisations: DemoOrganisations): readonly Placed[] {
  const bodies = bodiesOf(organisations);
  return items.flatMap((item) =>
    handlingsOf({ name: item.name, typeCode: item.typeCode, result: item.result }).flatMap((handling) =>
      organisations.divisions.flatMap((division) => {
        const placed = place(item, handling, division, bodies);
        return placed === null ? [] : [placed];
      }),
    ),
  );
}

interface Bodies {
  readonly department: (item: BasicItem) => DemoUnit;
  readonly window: (division: string) => DemoUnit;
}

function place(item: BasicItem, handling: Handling, division: DemoDivision, { department, window }: Bodies): Placed | null {
  const placed = (role: Role, decider: DemoUnit): Placed => ({ item, handling, division, role, decider, window: window(division.key) });
  const ofTown = item.levels.includes("乡级");
  switch (division.level) {
    case "county":
      return item.levels.includes("县级") ? placed("decides", department(item)) : null;
    case "town":
      if (ofTown && townDecides.has(item.name)) return placed("decides", window(division.key));
      return ofTown || isTakenIn(item) ? placed("receives", department(item)) : null;
    case "village":
      if (!isTakenIn(item)) return null;
      return placed("receives", ofTown && townDecides.has(item.name) ? window(division.parent ?? "") : department(item));
  }
}

function isTakenIn(item: BasicItem): boolean {
  if (!item.natural || inPerson.test(item.name)) return false;
  if (item.levels.includes("乡级") || helpedWith.has(item.name)) return true;
  return item.levels.includes("县级") && ["05", "07", "20"].includes(item.typeCode);
}

/** Departments of the district by the ministry that guides them; windows by division. Throws if the data names none. */
function bodiesOf(organisations: DemoOrganisations): Bodies {
  const units = new Map(organisations.units.map((unit) => [unit.key, unit]));
  const windows = new Map(
    organisations.units
      .filter(({ kind }) => ["centre", "town-centre", "village-station"].includes(kind))
      .map((unit) => [unit.division, unit]),
  );
  const byItem = new Map(organisations.itemOrganisations.map(({ itemName, organisation }) => [itemName, organisation]));
  const byGuide = new Map(organisations.guidingDepartments.map(({ guidingDepartment, organisation }) => [guidingDepartment, organisation]));
  const found = <T>(value: T | undefined, what: string): T => {
    if (value === undefined) throw new Error(`data/demo/organisations.json names no ${what}`);
    return value;
  };
  return {
    department: (item) => found(units.get(byItem.get(item.name) ?? byGuide.get(item.guidingDepartment) ?? ""), `body for ${item.name}`),
    window: (division) => found(windows.get(division), `window in ${division}`),
  };
}
