import type { Database } from "#platform/db.ts";
import type { StoredFile } from "#platform/files/stored-file.ts";

export interface OwnedFile extends StoredFile {
  readonly owner: string;
}

export async function insertFile(db: Database, file: StoredFile, owner: string, now: Date): Promise<void> {
  await db.change({
    name: "file_insert",
    // The same person sends the same file again: the name given last is the one meant.
    text: `insert into platform.file (tenant, hash, owner, name, media_type, bytes, locked, uploaded_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
           on conflict on constraint file_pk do update set name = excluded.name`,
    values: [db.tenant, file.hash, owner, file.name, file.mediaType, file.bytes, file.locked, now],
  });
}

export function readFileRows(db: Database, hash: string): Promise<OwnedFile[]> {
  return db.query<OwnedFile>({
    name: "file_read",
    text: `select f.hash, f.owner, f.name, f.media_type as "mediaType", f.bytes, f.locked
           from platform.file f where f.tenant = $1 and f.hash = $2 order by f.uploaded_at limit 100`,
    values: [db.tenant, hash],
  });
}

/** How much this person uploaded since an instant; counts no further than `most` rows. */
export async function uploadedSince(
  db: Database,
  owner: string,
  since: Date,
  most: number,
): Promise<{ readonly files: number; readonly bytes: number }> {
  const [row] = await db.query<{ files: number; bytes: number }>({
    name: "file_quota",
    text: `select count(*)::int as files, coalesce(sum(u.bytes), 0)::bigint as bytes from (
             select f.bytes from platform.file f where f.tenant = $1 and f.owner = $2 and f.uploaded_at > $3 limit $4) u`,
    values: [db.tenant, owner, since, most],
  });
  return row ?? { files: 0, bytes: 0 };
}

/** Name, type and size of files by their hash; of several uploads of the same content the first. */
export async function fileFacts(
  db: Database,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, Pick<StoredFile, "name" | "mediaType" | "bytes">>> {
  if (hashes.length === 0) return new Map();
  const rows = await db.query<Pick<StoredFile, "hash" | "name" | "mediaType" | "bytes">>({
    name: "file_facts",
    text: `select distinct on (f.hash) f.hash, f.name, f.media_type as "mediaType", f.bytes
           from platform.file f where f.tenant = $1 and f.hash = any($2::text[]) order by f.hash, f.uploaded_at`,
    values: [db.tenant, hashes],
  });
  return new Map(rows.map(({ hash, ...facts }) => [hash, facts]));
}

/** Hashes of every file of the tenant, for `verify`. */
export async function everyFileHash(db: Database): Promise<readonly string[]> {
  const rows = await db.query<{ hash: string }>({
    text: "select distinct f.hash from platform.file f where f.tenant = $1 order by f.hash",
    values: [db.tenant],
  });
  return rows.map(({ hash }) => hash);
}
