import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ReplyOf } from "#domain/endpoint.ts";
import { requireCorrection, withdrawCase } from "#modules/cases/api.ts";
import { caseStatuses } from "#modules/cases/law/state.ts";
import {
  brought,
  type Caller,
  type ItemName,
  type Office,
  type Offices,
  on,
  openOffices,
  type Stage,
  submitted,
} from "#modules/cases/server/testing/test-office.ts";
import { countCases, listCountedCases } from "#modules/figures/api.ts";
import { unitId } from "#modules/organisation/server/testing/small-tenant.ts";
import { connectOwner } from "#platform/db.ts";

let offices: Offices;
let home: Office;
let other: Office;
let leader: Caller;

const plan: readonly (readonly [Stage, ItemName])[] = [
  ["received", "food"],
  ["accepted", "food"],
  ["accepted", "food"],
  ["accepted", "hygiene"],
  ["reviewed", "food"],
  ["reviewed", "hygiene"],
  ["decided", "food"],
  ["delivered", "hygiene"],
  ["closed", "food"],
  ["closed", "hygiene"],
];

/** Cases of both departments at every stage, some followed half-way through their life, some withdrawn or being corrected. */
async function live(office: Office): Promise<void> {
  on(office, "2026-03-02");
  for (const [stage, item] of plan) {
    await brought(office, stage, item);
    if (stage === "accepted") await office.settle();
  }
  const withdrawn = await brought(office, "accepted", "hygiene", 1);
  await office.settle();
  await office.citizen(1).ask(withdrawCase, { params: { id: withdrawn.id } });
  const { id } = await submitted(office, "food", 2);
  const [material = ""] = office.items.food.content.materials.map(({ key }) => key);
  await office.as("wangmin").ask(requireCorrection, { params: { id }, body: { defects: [{ material, reason: "看不清" }] } });
  on(office, "2026-03-11");
  await brought(office, "accepted", "hygiene");
  await office.settle();
}

beforeAll(async () => {
  offices = await openOffices();
  ({ home, other } = offices);
  await live(home);
  await live(other);
  leader = home.as("zhoujun");
});

afterAll(() => offices.close());

interface Recounted {
  readonly id: string;
  readonly organisation: string;
  readonly item: string;
  readonly status: string;
  readonly due: string | null;
}

/** The truth, by hand: the last entry that changed the status, read straight from the ledger and from nothing else. */
async function recount(office: Office): Promise<readonly Recounted[]> {
  return office.platform.db.query<Recounted>({
    text: `select f.stream as id, f.payload ->> 'organisation' as organisation, f.payload ->> 'item' as item,
  case l.type when 'case.correction_required' then 'correcting' when 'case.correction_supplied' then 'received' else substr(l.type, 6) end as status,
  (select a.payload ->> 'promiseDue' from ledger.entry a where a.tenant = $1 and a.stream = f.stream and a.type = 'case.accepted') as due
from ledger.entry f join lateral (
  select e.type from ledger.entry e where e.tenant = $1 and e.stream = f.stream and e.type <> 'case.reviewed' order by e.version desc limit 1
) l on true where f.tenant = $1 and f.type = 'case.received'`,
    values: [office.tenant],
  });
}

/** Open, and the promised day has passed. */
function isOverdue({ status, due }: Recounted, today: string): boolean {
  return ["received", "correcting", "accepted"].includes(status) && due !== null && due < today;
}

const today = "2026-03-16";

interface Filter {
  readonly organisation?: string;
  readonly item?: string;
  readonly status?: (typeof caseStatuses)[number];
  readonly overdue?: boolean;
}

function filters(office: Office): readonly Filter[] {
  const organisations = [{}, ...["scjg", "wjw"].map((key) => ({ organisation: unitId(office.tenant, key) }))];
  const items = [{}, { item: office.items.food.id }, { item: office.items.hygiene.id }];
  const statuses = [{}, ...caseStatuses.map((status) => ({ status }))];
  const lateness = [{}, { overdue: true }, { overdue: false }];
  return organisations.flatMap((one) =>
    items.flatMap((two) => statuses.flatMap((three) => lateness.map((four) => ({ ...one, ...two, ...three, ...four })))),
  );
}

function fits(row: Recounted, { organisation, item, status, overdue }: Filter): boolean {
  if (organisation !== undefined && row.organisation !== organisation) return false;
  if (item !== undefined && row.item !== item) return false;
  return (status === undefined || row.status === status) && (overdue !== true || isOverdue(row, today));
}

describe("the figures", () => {
  it("equal the list they open to, and a recount by hand, for every filter", async () => {
    on(home, today);
    const truth = await recount(home);
    expect(truth).toHaveLength(plan.length + 3);
    expect(truth.filter((row) => isOverdue(row, today)).length).toBeGreaterThan(2);
    for (const filter of filters(home)) {
      const { rows, total, next } = await leader.ask(listCountedCases, { query: { ...filter, limit: 200 } });
      const wanted = truth.filter((row) => fits(row, filter));
      expect({ filter, total, ids: rows.map(({ id }) => id).sort() }).toEqual({
        filter,
        total: wanted.length,
        ids: wanted.map(({ id }) => id).sort(),
      });
      expect(next).toBeNull();
    }
  });

  it.each(["organisation", "item", "status"] as const)("by %s open to lists that have as many cases", async (by) => {
    on(home, today);
    const counts = await leader.ask(countCases, { query: { by } });
    const truth = await recount(home);
    expect(counts).toMatchObject({ total: truth.length, overdue: truth.filter((row) => isOverdue(row, today)).length });
    expect(new Set(counts.rows.map(({ key }) => key))).toEqual(new Set(truth.map((row) => row[by])));
    for (const { key, count, overdue } of counts.rows) {
      const filter = { [by]: key } as Filter;
      expect((await leader.ask(listCountedCases, { query: filter })).total).toBe(count);
      expect((await leader.ask(listCountedCases, { query: { ...filter, overdue: true } })).total).toBe(overdue);
      expect(truth.filter((row) => fits(row, filter))).toHaveLength(count);
    }
  });

  it("mark in the list what they count as overdue, against the day of the question", async () => {
    const overdueOn = async (day: string) => {
      on(home, day);
      const { rows } = await leader.ask(listCountedCases, { query: {} });
      const { overdue } = await leader.ask(countCases, { query: { by: "status" } });
      expect(rows.filter((row) => row.overdue)).toHaveLength(overdue);
      return overdue;
    };
    const truth = await recount(home);
    // On the promised day itself nothing is late yet.
    for (const day of ["2026-03-10", "2026-03-11", "2026-03-12", "2026-03-13", "2026-04-30"]) {
      expect(await overdueOn(day)).toBe(truth.filter((row) => isOverdue(row, day)).length);
    }
  });

  it("come page by page, newest first, with the same total on each", async () => {
    on(home, today);
    const pages: ReplyOf<typeof listCountedCases>[] = [];
    for (let after: string | null | undefined; after !== null; ) {
      const page = await leader.ask(listCountedCases, { query: { limit: 4, ...(after === undefined ? {} : { after }) } });
      pages.push(page);
      after = page.next;
    }
    const ids = pages.flatMap(({ rows }) => rows.map(({ id }) => id));
    expect(ids).toEqual([...ids].sort().reverse());
    expect(new Set(ids).size).toBe(plan.length + 3);
    expect(new Set(pages.map(({ total }) => total))).toEqual(new Set([plan.length + 3]));
  });

  it("say what they count and up to when it was sealed", async () => {
    on(home, "2026-03-17");
    const before = await leader.ask(countCases, { query: { by: "item" } });
    expect(before.sealedThrough).toBe("2026-03-11T02:30:00.000Z");
    await submitted(home);
    expect((await leader.ask(countCases, { query: { by: "item" } })).total).toBe(before.total);
    await home.settle();
    const now = await leader.ask(countCases, { query: { by: "item" } });
    expect(now).toMatchObject({ total: before.total + 1, sealedThrough: "2026-03-17T02:30:00.000Z", asOf: "2026-03-17T02:30:00.000Z" });
    expect(now.definition.zh).toContain("3月17日");
  });

  it("are the same when they are rebuilt from the ledger", async () => {
    const asked = async () => {
      const { rows } = await leader.ask(countCases, { query: { by: "status" } });
      return [rows, (await leader.ask(listCountedCases)).rows];
    };
    const before = await asked();
    const owner = await connectOwner(offices.made.connection);
    try {
      await owner.query("delete from figures.case_fact where tenant = '340603'");
      await owner.query("delete from figures.case_total where tenant = '340603'");
      await owner.query("delete from ledger.follower where tenant = '340603' and name = 'figures'");
    } finally {
      await owner.end();
    }
    await home.settle();
    expect(await asked()).toEqual(before);
  });

  it("are not moved by a status that comes to nothing: totals never go below what is there", async () => {
    const totals = await home.platform.db.query<{ status: string; count: number }>({
      text: "select t.status, sum(t.count)::bigint as count from figures.case_total t where t.tenant = $1 group by t.status having sum(t.count) <> 0",
      values: [home.tenant],
    });
    const truth = await recount(home);
    for (const { status, count } of totals) expect(truth.filter((row) => row.status === status)).toHaveLength(count);
  });
});

describe("the reach of figures", () => {
  it("ends at the department: counts, lists, and filters that name another's cases", async () => {
    on(home, today);
    const grants = { "figures.read": { organisations: [unitId(home.tenant, "wjw")] } };
    const health = await home.withGrants("songwei", grants);
    const truth = (await recount(home)).filter(({ organisation }) => organisation === unitId(home.tenant, "wjw"));
    for (const by of ["organisation", "item", "status"] as const) {
      const { total, overdue, rows } = await health.ask(countCases, { query: { by } });
      expect({ total, overdue }).toEqual({ total: truth.length, overdue: truth.filter((row) => isOverdue(row, today)).length });
      expect(new Set(rows.map(({ key }) => key))).toEqual(new Set(truth.map((row) => row[by])));
    }
    const { rows, total } = await health.ask(listCountedCases);
    expect({ total, ids: rows.map(({ id }) => id).sort() }).toEqual({ total: truth.length, ids: truth.map(({ id }) => id).sort() });
    for (const query of [{ organisation: unitId(home.tenant, "scjg") }, { item: home.items.food.id }]) {
      for (const late of [{}, { overdue: true }]) {
        expect(await health.ask(listCountedCases, { query: { ...query, ...late } })).toMatchObject({ rows: [], total: 0, next: null });
      }
    }
  });

  it("ends at the government: the other's cases are counted there alone", async () => {
    on(other, today);
    const { total } = await other.as("zhoujun").ask(countCases, { query: { by: "organisation" } });
    expect(total).toBe((await recount(other)).length);
    for (const query of [{ organisation: unitId(other.tenant, "scjg") }, { item: other.items.food.id }]) {
      expect(await leader.ask(listCountedCases, { query })).toMatchObject({ rows: [], total: 0 });
    }
  });

  it("is nothing for who may not read figures", async () => {
    for (const who of [home.as("wangmin"), home.as("hexin"), home.citizen()]) {
      expect((await who.trouble(countCases, { query: { by: "item" } })).status).toBe(403);
      expect((await who.trouble(listCountedCases)).status).toBe(403);
    }
    expect((await home.nobody.trouble(countCases, { query: { by: "item" } })).status).toBe(401);
    expect((await leader.open("/api/figures/cases/list?after=nowhere")).status).toBe(400);
  });
});
