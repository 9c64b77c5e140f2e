import { plainDateOf } from "#domain/plain-date.ts";
import type { GivenMaterial, ItemRules } from "#modules/cases/law/state.ts";

/**
 * The case life of benchmark B1: eight acts by six people. Forty answers, six materials, three reviewers side by side.
 * The same lives go through every contender.
 */
export const actNames = ["submit", "accept", "review", "decide", "deliver", "close"] as const;
export type ActName = (typeof actNames)[number];

/** Acts of one life; `review` is done three times. */
export const actsOfLife = 8;
/** Each act writes one entry. */
export const entriesOfLife = 8;

export interface CaseActs {
  /** Answers the id of the new case. */
  submit(life: number): Promise<string>;
  accept(id: string): Promise<void>;
  review(id: string, reviewer: number): Promise<void>;
  decide(id: string): Promise<void>;
  deliver(id: string): Promise<void>;
  close(id: string): Promise<void>;
}

export const reviewers = [0, 1, 2] as const;

export const tenant = "340603";
export const item = madeId(1, 1);
export const itemVersion = madeId(1, 2);
export const decidingBody = madeId(2, 0);
export const reviewingBodies = reviewers.map((reviewer) => madeId(2, 1 + reviewer));
export const people = { clerk: madeId(3, 0), decider: madeId(3, 4), issuer: madeId(3, 5) };
export const reviewerIds = reviewers.map((reviewer) => madeId(3, 1 + reviewer));

export const rules: ItemRules = {
  legalLimit: { amount: 20, unit: "workday" },
  promisedLimit: { amount: 10, unit: "workday" },
  materials: ["application", "identity", "premises", "layout", "procedures", "health"],
  acceptBy: decidingBody,
  reviewSteps: reviewers.map((reviewer) => ({
    key: `review-${reviewer + 1}`,
    organisation: reviewingBodies[reviewer] ?? decidingBody,
    limit: { amount: 5, unit: "workday" },
  })),
  decidedBy: decidingBody,
  deliveredBy: decidingBody,
};

/** Every applicant has a handful of cases. */
export function applicantOf(life: number): string {
  return madeId(4, life % 500);
}

/** Invented ids with the shape of real ones; the first group says what they name. */
function madeId(kind: number, number: number): string {
  const digits = (value: number, length: number) => value.toString(16).padStart(length, "0");
  return `0198${digits(kind, 4)}-${digits(number % 65536, 4)}-7000-8000-${digits(number, 12)}`;
}

export function materialsOf(life: number): readonly GivenMaterial[] {
  return rules.materials.map((key, index) => ({ key, file: fileHash(life * 6 + index) }));
}

/** 64 hexadecimal digits that do not compress, as SM3 gives them. */
function fileHash(number: number): string {
  const parts = Array.from({ length: 8 }, (_, index) =>
    mixed(number * 8 + index)
      .toString(16)
      .padStart(8, "0"),
  );
  return parts.join("");
}

/** A number of 32 bits scattered evenly (the finaliser of MurmurHash3), so that answers differ from life to life. */
function mixed(number: number): number {
  let h = number | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

const surnames = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许";
const given = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞";
const streets = ["古城路", "孟山路", "濉溪路", "相山路", "人民路", "惠黎路", "长山路", "南黎路"];
const choices = ["食品销售经营者", "餐饮服务经营者", "单位食堂", "网络经营", "散装食品", "预包装食品"];

type Kind = "name" | "phone" | "address" | "number" | "date" | "choice" | "yes" | "text";

/** Forty fields in the mix of a licence form. */
const fields: readonly (readonly [key: string, kind: Kind])[] = [
  ["operatorName", "name"],
  ["operatorKind", "choice"],
  ["creditCode", "number"],
  ["legalPerson", "name"],
  ["legalPersonPhone", "phone"],
  ["legalPersonAddress", "address"],
  ["contactName", "name"],
  ["contactPhone", "phone"],
  ["premisesAddress", "address"],
  ["premisesArea", "number"],
  ["premisesOwner", "name"],
  ["premisesLeasedUntil", "date"],
  ["registeredAddress", "address"],
  ["registeredCapital", "number"],
  ["foundedOn", "date"],
  ["mainBusiness", "choice"],
  ["salesMode", "choice"],
  ["onlineSales", "yes"],
  ["onlineShopName", "name"],
  ["kitchenArea", "number"],
  ["diningArea", "number"],
  ["storageArea", "number"],
  ["seats", "number"],
  ["staff", "number"],
  ["healthCertificates", "number"],
  ["safetyOfficer", "name"],
  ["safetyOfficerPhone", "phone"],
  ["safetyOfficerTrainedOn", "date"],
  ["coldStorage", "yes"],
  ["rawFood", "yes"],
  ["pastry", "yes"],
  ["selfBrewed", "yes"],
  ["wasteCollector", "name"],
  ["wasteContractUntil", "date"],
  ["waterSupply", "choice"],
  ["opensOn", "date"],
  ["equipment", "text"],
  ["explanation", "text"],
  ["deliveryAddress", "address"],
  ["truthConfirmed", "yes"],
];

export function answersOf(life: number): Readonly<Record<string, unknown>> {
  return Object.fromEntries(fields.map(([key, kind], index) => [key, answerOf(kind, mixed(life * 40 + index))]));
}

function answerOf(kind: Kind, chance: number): string | number | boolean {
  const from = (list: string | readonly string[], shift: number) => list[(chance >>> shift) % list.length] ?? "";
  switch (kind) {
    case "name":
      return from(surnames, 0) + from(given, 5) + from(given, 11);
    case "phone":
      return `13${String(chance).padStart(9, "0").slice(-9)}`;
    case "address":
      return `淮北市相山区${from(streets, 3)}${chance % 400}号${chance % 30}栋${chance % 6}单元`;
    case "number":
      return chance % 100_000;
    case "date":
      return plainDateOf(new Date(Date.UTC(2026, 0, 1 + (chance % 300))));
    case "choice":
      return from(choices, 7);
    case "yes":
      return (chance & 1) === 0;
    case "text":
      return `位于${from(streets, 2)}，面积${chance % 900}平方米，设有${from(choices, 4)}专区、${from(choices, 9)}专区及冷藏柜${chance % 9}台，由${from(surnames, 1)}${from(given, 6)}负责日常检查。`;
  }
}
