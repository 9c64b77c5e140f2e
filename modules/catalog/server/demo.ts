import type { Database } from "#platform/db.ts";
import type { Ledger } from "#platform/ledger/ledger.ts";
import { createMany, type NewRow, registerId } from "#platform/ledger/register-store.ts";
import { plainDate } from "#domain/plain-date.ts";
import { type ItemContent, isOnline } from "../api.ts";
import { generatedContent, handlingName } from "./demo/generated-content.ts";
import type { BasicItem, DemoSources } from "./demo/sources.ts";
import { type Placed, spread } from "./demo/spread.ts";
import { type BasicItemValue, basicItems, type ItemValue, items } from "./registers.ts";
import { contentId, storeContents } from "./store.ts";

export interface DemoCounts {
  readonly basicItems: number;
  readonly contents: number;
  /** Implementing items by where they are. */
  readonly county: number;
  readonly town: number;
  readonly village: number;
  /** Rows that were not there before this load. */
  readonly created: number;
}

export interface DemoOptions {
  readonly db: Database;
  readonly ledger: Ledger;
  readonly sources: DemoSources;
  readonly by: { readonly actor: string; readonly at: Date; readonly purpose: string };
}

/** The demonstration district's items are in force since then, whenever it is loaded; its calendars begin there too. */
const inForce = plainDate("2020-01-01");

/**
 * Loads the catalogue of the demonstration district: the basic catalogue, the contents, and some 8,000 implementing items by
 * the rule of `demo/spread.ts`. May be killed and started again: ids come from keys, and what is there is left alone.
 */
export async function loadDemoCatalogue({ db, ledger, sources, by }: DemoOptions): Promise<DemoCounts> {
  const placed = withContents(spread(sources.items, sources.organisations), sources);
  const contents = new Map(placed.map(({ content, version }) => [version, content]));
  await storeContents(db, [...contents.values()]);
  const created =
    (await createMany(
      ledger,
      db,
      basicItems,
      by,
      sources.items.map((item) => basicRow(db.tenant, item)),
    )) +
    (await createMany(
      ledger,
      db,
      items,
      by,
      placed.map((one) => itemRow(db.tenant, one)),
    ));
  const at = (level: Placed["division"]["level"]) => placed.filter(({ division }) => division.level === level).length;
  return {
    basicItems: sources.items.length,
    contents: contents.size,
    county: at("county"),
    town: at("town"),
    village: at("village"),
    created,
  };
}

/**
 * A worked item stands at the district; the senior card also at towns, where one may apply just as well: there the town's
 * window takes the place of the district's. Everything else is generated.
 */
export function contentFor(placed: Placed, { worked }: DemoSources): ItemContent {
  const content = placed.handling === "apply" ? worked.get(placed.item.name) : undefined;
  if (content === undefined) return generatedContent(placed);
  if (placed.division.level === "county") return content;
  if (placed.division.level === "village" || content.key !== "senior-card") return generatedContent(placed);
  const steps = content.steps.map((step) => (step.organisation === "zwfw" ? { ...step, organisation: placed.window.key } : step));
  return { ...content, steps, place: placed.window.name };
}

interface WithContent extends Placed {
  readonly content: ItemContent;
  readonly version: string;
}

/** Places of one level share the content of a matter with one decider; made once, it saves three seconds of digests. */
function withContents(placed: readonly Placed[], sources: DemoSources): readonly WithContent[] {
  const made = new Map<string, { readonly content: ItemContent; readonly version: string }>();
  return placed.map((one) => {
    const { item, handling, division, decider, role, window } = one;
    const own = division.level === "town" && sources.worked.has(item.name) ? window.key : "";
    const key = [item.seq, handling, division.level, decider.key, role, own].join(" ");
    const known = made.get(key);
    if (known !== undefined) return { ...one, ...known };
    const content = contentFor(one, sources);
    const fresh = { content, version: contentId(content) };
    made.set(key, fresh);
    return { ...one, ...fresh };
  });
}

function basicRow(tenant: string, item: BasicItem): NewRow<BasicItemValue> {
  return {
    id: registerId(tenant, "catalog.basic_item", item.seq),
    key: item.seq,
    value: {
      name: { zh: item.name, en: item.nameEn },
      type: item.typeCode as BasicItemValue["type"],
      basicCode: item.basicCode,
      guidingDepartment: item.guidingDepartment,
      levels: [...item.levels],
    },
    effectiveOn: inForce,
  };
}

const serials = { apply: "01", change: "02", extend: "03", replace: "04", cancel: "05" } as const;
/** GB/T 39046-2020 A.2. */
const levels = { county: "4", town: "5", village: "6" } as const;

function itemRow(tenant: string, { item, handling, division, role, decider, window, content, version }: WithContent): NewRow<ItemValue> {
  // Most items have no national code in public sources; the local one is always there and says what it is made of.
  const key = `${tenant}-${content.organisation}-${item.seq.padStart(3, "0")}-${serials[handling]}-${division.key}`;
  const national =
    item.basicCode === null || decider.uscc === null || role === "receives"
      ? null
      : `${decider.uscc}${levels[division.level]}${item.basicCode}${serials[handling]}`;
  return {
    id: registerId(tenant, "catalog.item", key),
    key,
    value: {
      name: content.form === null ? handlingName(item, handling) : content.title,
      content: version,
      online: isOnline(content),
      status: "published",
      nationalCode: national,
    },
    fixed: {
      basic: registerId(tenant, "catalog.basic_item", item.seq),
      handling,
      role,
      organisation: registerId(tenant, "organisation.unit", content.organisation),
      receiver: registerId(tenant, "organisation.unit", window.key),
      division: division.key,
    },
    effectiveOn: inForce,
  };
}
