import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { Database } from "#platform/db.ts";
import { safeName } from "#platform/files/file-name.ts";
import { agreedType, checkPixels, headBytes } from "#platform/files/media.ts";
import { insertFile, type OwnedFile, readFileRows, uploadedSince } from "#platform/files/file-table.ts";
import type { StoredFile } from "#platform/files/stored-file.ts";
import { problem, problemLater } from "#platform/problem.ts";

/** The largest file: a scanned contract of 40 pages. */
export const mostFileBytes = 20 * 1024 * 1024;

/** What one person may upload in 24 hours. */
const dayQuota = { files: 300, bytes: 1024 * 1024 * 1024 };
const aDay = 24 * 3600_000;

export interface NewFile {
  readonly content: Readable;
  readonly name: string;
  readonly declaredType: string;
  readonly owner: string;
  readonly now: Date;
}

/** The files of one tenant: content once under its hash in the data folder, who uploaded it in `platform.file`. */
export interface FileStore {
  /** Streams a file in, checked on the way; throws a Problem `file.*` and leaves nothing if it is refused or breaks off. */
  put(file: NewFile): Promise<StoredFile>;
  /** Everybody's rows of a hash; empty if there is none in this tenant. */
  rows(hash: string): Promise<readonly OwnedFile[]>;
  /** The content, hashed once more before the first byte leaves; throws `file.altered`. The caller closes the handle. */
  open(hash: string): Promise<FileHandle>;
}

export function createFileStore(folder: string, db: Database): FileStore {
  const drafts = join(folder, "drafts");
  mkdirSync(drafts, { recursive: true, mode: 0o700 });
  return {
    put: async (file) => {
      await checkQuota(db, file);
      const draft = join(drafts, `${process.pid}-${crypto.randomUUID()}`);
      try {
        const taken = await take(file, draft);
        await keep(draft, folder, taken.hash);
        await insertFile(db, taken, file.owner, file.now);
        return taken;
      } finally {
        await rm(draft, { force: true });
      }
    },
    rows: (hash) => readFileRows(db, hash),
    open: (hash) => openChecked(placeOf(folder, hash), hash),
  };
}

/** Removes drafts that a killed process left; younger ones may belong to another process. For the start. */
export async function dropStaleDrafts(folder: string, now: Date): Promise<void> {
  const drafts = join(folder, "drafts");
  for (const name of await readdir(drafts).catch(() => [])) {
    const { mtimeMs } = await stat(join(drafts, name)).catch(() => ({ mtimeMs: now.getTime() }));
    if (now.getTime() - mtimeMs > aDay) await rm(join(drafts, name), { force: true });
  }
}

/** Where a content stands. Two levels of 256 folders: a million files are sixteen to a folder. */
export function placeOf(folder: string, hash: string): string {
  if (!/^[0-9a-f]{64}$/.test(hash)) throw problem("not_found");
  return join(folder, hash.slice(0, 2), hash.slice(2, 4), hash);
}

async function checkQuota(db: Database, { owner, now }: NewFile): Promise<void> {
  const used = await uploadedSince(db, owner, new Date(now.getTime() - aDay), dayQuota.files);
  if (used.files >= dayQuota.files || used.bytes >= dayQuota.bytes) throw problemLater("file.quota", 3600);
}

async function take({ content, name, declaredType }: NewFile, draft: string): Promise<StoredFile> {
  const handle = await open(draft, "wx", 0o600);
  try {
    const { hash, head, bytes, locked } = await copy(content, handle, (start) => agreedType(start, name, declaredType));
    if (bytes === 0) throw problem("file.empty");
    const mediaType = agreedType(head, name, declaredType);
    checkPixels(head, mediaType);
    // On disk before anything refers to it.
    await handle.sync();
    return { hash, name: safeName(name), mediaType, bytes, locked: mediaType === "application/pdf" && locked };
  } finally {
    await handle.close();
  }
}

interface Copied {
  readonly hash: string;
  readonly head: Buffer;
  readonly bytes: number;
  readonly locked: boolean;
}

const encryptMark = "/Encrypt";
/** As many bytes as the longest mark of a type has. */
const markBytes = 8;

/** `look` sees the first bytes, so that a file that lies is refused before twenty megabytes of it are written. */
async function copy(content: Readable, handle: FileHandle, look: (start: Buffer) => void): Promise<Copied> {
  const sha256 = createHash("sha256");
  const heads: Buffer[] = [];
  let bytes = 0;
  let locked = false;
  let tail = "";
  // Not destroyed on a refusal: the reader of the form must be able to read past the rest.
  for await (const chunk of content.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    if (bytes < headBytes) heads.push(chunk.subarray(0, headBytes - bytes));
    if (bytes < markBytes && bytes + chunk.length >= markBytes) look(Buffer.concat(heads));
    bytes += chunk.length;
    if (bytes > mostFileBytes) throw problem("file.too_large", { params: { bytes: mostFileBytes } });
    sha256.update(chunk);
    const text = tail + chunk.toString("latin1");
    locked ||= text.includes(encryptMark);
    tail = text.slice(1 - encryptMark.length);
    await handle.write(chunk);
  }
  return { hash: sha256.digest("hex"), head: Buffer.concat(heads), bytes, locked };
}

/** The name of the content is its hash, so a file that is already there is the same file. */
async function keep(draft: string, folder: string, hash: string): Promise<void> {
  const place = placeOf(folder, hash);
  const shelf = join(place, "..");
  await mkdir(shelf, { recursive: true, mode: 0o700 });
  await rename(draft, place);
  const handle = await open(shelf, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function openChecked(place: string, hash: string): Promise<FileHandle> {
  const handle = await open(place, "r").catch(() => {
    throw problem("file.altered", { params: { hash } });
  });
  const sha256 = createHash("sha256");
  const block = Buffer.allocUnsafe(256 * 1024);
  for (let at = 0; ; ) {
    const { bytesRead } = await handle.read(block, 0, block.length, at);
    if (bytesRead === 0) break;
    sha256.update(block.subarray(0, bytesRead));
    at += bytesRead;
  }
  if (sha256.digest("hex") === hash) return handle;
  await handle.close();
  throw problem("file.altered", { params: { hash } });
}
