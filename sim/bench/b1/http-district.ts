import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createVault, type Vault } from "#platform/crypto/vault.ts";
import { openKeys } from "#platform/crypto/keys.ts";
import { connectOwner, connectTenant, type Connection } from "#platform/db.ts";
import type { ItemContent } from "#modules/catalog/api.ts";
import { storeContents } from "#modules/catalog/server/store.ts";
import type { BenchServer } from "../server.ts";
import { answersOf, materialsOf, rules, tenant } from "./life.ts";
import { startServer } from "./server-process.ts";

/** The demonstration district with one more form: 40 questions and 6 materials for a real item with three reviewing bodies. */
export interface District {
  /** Name of the database that each run copies. */
  readonly template: string;
  readonly dataDir: string;
  readonly vault: Vault;
  readonly item: string;
  readonly itemVersion: string;
  readonly organisation: string;
  /** Steps of the three reviews with the user name of a reviewer each. */
  readonly reviews: readonly { readonly step: string; readonly userName: string }[];
  readonly citizens: readonly string[];
  remove(): void;
}

/** 户外广告设施设置: reviewed by city management, housing and traffic police side by side. */
const itemKey = "outdoor-advertising";
const reviewerOf: Readonly<Record<string, string>> = { cgj: "denghui", zjj: "dongmei", gaj: "jiangtao" };
export const otherUsers = { clerk: "wangmin", decider: "pengjun", issuer: "sunli" } as const;

/** Lets the server itself load the district, once; the database then serves as template. */
export async function prepareDistrict(server: BenchServer, root: string): Promise<District> {
  const dataDir = mkdtempSync(join(tmpdir(), "yichuang-bench-http-"));
  const vault = createVault(openKeys(dataDir));
  const database = await server.freshDatabase();
  const running = await startServer(root, dataDir, database.connection);
  await running.stop();
  const content = await realContent(database.connection);
  const own = benchContent(content.body);
  const db = connectTenant(database.connection, tenant, "app", { max: 1 });
  const [itemVersion] = await storeContents(db, [own]);
  await db.end();
  const steps = own.steps.filter(({ kind }) => kind === "review");
  return {
    template: database.name,
    dataDir,
    vault,
    item: content.item,
    itemVersion: itemVersion ?? "",
    organisation: content.organisation,
    reviews: steps.map(({ key, organisation }) => ({ step: key, userName: reviewerOf[organisation ?? ""] ?? "" })),
    citizens: content.citizens,
    remove: () => rmSync(dataDir, { recursive: true, force: true }),
  };
}

interface RealContent {
  readonly item: string;
  readonly organisation: string;
  readonly body: ItemContent;
  readonly citizens: readonly string[];
}

async function realContent(connection: Connection): Promise<RealContent> {
  const owner = await connectOwner(connection);
  try {
    const items = await owner.query(
      "select i.id, i.organisation, c.body from catalog.content c join catalog.item i on i.tenant = c.tenant and position(c.id::text in i.state::text) > 0 where c.tenant = $1 and c.body ->> 'key' = $2",
      [tenant, itemKey],
    );
    const citizens = await owner.query("select id from accounts.account where tenant = $1", [tenant]);
    const [found] = items.rows;
    if (found === undefined) throw new Error(`the district has no item ${itemKey}`);
    return { item: found.id, organisation: found.organisation, body: found.body, citizens: citizens.rows.map(({ id }) => id) };
  } finally {
    await owner.end();
  }
}

function benchContent(content: ItemContent): ItemContent {
  const [material] = content.materials;
  if (material === undefined) throw new Error(`${itemKey} has no materials`);
  const label = (key: string) => ({ zh: key, en: key });
  const questions = Object.keys(answersOf(1)).map(
    (key) => ({ key, label: label(key), kind: "text", required: true, data: "personal" }) as const,
  );
  const materials = rules.materials.map(
    (key) => ({ ...material, key, name: label(key), necessity: "required", requiredWhen: null, source: "self", tolerable: false }) as const,
  );
  return { ...content, key: "bench", materials, form: { pages: [{ key: "all", title: label("all"), questions }] } };
}

/** Finished drafts, ready to be submitted: working data of the portal, not part of the life. */
export async function writeDrafts(connection: Connection, district: District, count: number): Promise<readonly BenchDraft[]> {
  const { citizens, vault, item, itemVersion, organisation } = district;
  const drafts = Array.from({ length: count }, (_, number): BenchDraft => {
    const id = `01990000-0000-7000-9000-${number.toString(16).padStart(12, "0")}`;
    return { id, citizen: citizens[number % citizens.length] ?? "" };
  });
  const sealed = drafts.map((_, number) => {
    const answers = Object.entries(answersOf(number)).map(([key, answer]) => [key, String(answer)]);
    return vault.seal(JSON.stringify(Object.fromEntries(answers)));
  });
  const files = drafts.map((_, number) =>
    JSON.stringify(
      materialsOf(number).map(({ key, file }) => ({
        key,
        hash: file,
        name: `${key}.pdf`,
        mediaType: "application/pdf",
        bytes: 1000,
        locked: false,
      })),
    ),
  );
  const db = connectTenant(connection, tenant, "app", { max: 1 });
  await db.change({
    text: `insert into applications.draft (tenant, id, applicant, item, item_version, organisation, answers_sealed, materials, created_at, updated_at)
      select $1, d.id, d.applicant, $2, $3, $4, d.sealed, d.files, now(), now() from unnest($5::uuid[], $6::uuid[], $7::text[], $8::jsonb[]) as d (id, applicant, sealed, files)`,
    values: [tenant, item, itemVersion, organisation, drafts.map(({ id }) => id), drafts.map(({ citizen }) => citizen), sealed, files],
  });
  await db.end();
  return drafts;
}

export interface BenchDraft {
  readonly id: string;
  readonly citizen: string;
}
