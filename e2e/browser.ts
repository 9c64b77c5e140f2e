import {
  createReadStream,
  createWriteStream,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { brotliDecompressSync, createBrotliDecompress } from "node:zlib";
import { type Browser, chromium } from "playwright-core";

/** Instead of the flags its package proposes: with those (`--single-process`) it died in 44 of 48 trials of four pages at once. */
const FLAGS: readonly string[] = [
  "--no-sandbox", // tests run as root too
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];

const require = createRequire(import.meta.url);

/**
 * A browser for tests: BROWSER_PATH, else the one that npm brought, else one on PATH. Chinese text is drawn with the font from npm,
 * so that no font of the system is needed and screenshots look alike everywhere. Throws when there is none: a browser test never
 * passes unseen.
 */
export async function launchBrowser(): Promise<Browser> {
  const named = process.env["BROWSER_PATH"];
  const packed = named === undefined && process.platform === "linux" && process.arch === "x64" ? await unpackBrowser() : undefined;
  const executablePath = named ?? packed?.program ?? findOnPath();
  if (executablePath === undefined) {
    throw new Error("No browser for the tests. Set BROWSER_PATH to a Chromium, or put `chromium` on PATH.");
  }
  const env = { ...process.env, ...(packed === undefined ? {} : { LD_LIBRARY_PATH: packed.libraries }), ...fontEnvironment() };
  return chromium.launch({ executablePath, args: [...FLAGS], env, timeout: 60_000 });
}

/**
 * The program (191 MB) and its shared libraries (nss, nspr, expat), unpacked once for each version into the folder for temporary
 * files. Several test processes may do so at once: each works in a folder of its own and the first to finish names it.
 */
async function unpackBrowser(): Promise<{ readonly program: string; readonly libraries: string } | undefined> {
  const source = packageFolder("@sparticuz/chromium", () => require.resolve("@sparticuz/chromium"));
  if (source === undefined) return undefined;
  const { version } = JSON.parse(readFileSync(join(source, "package.json"), "utf8")) as { readonly version: string };
  const folder = cacheFolder(`chromium-${version}`);
  if (!existsSync(folder)) {
    const draft = mkdtempSync(`${folder}.`);
    await pipeline(
      createReadStream(join(source, "bin", "chromium.br")),
      createBrotliDecompress({ chunkSize: 2 ** 21 }),
      createWriteStream(join(draft, "chromium"), { mode: 0o700 }),
    );
    unpackTar(brotliDecompressSync(readFileSync(join(source, "bin", "al2023.tar.br"))), draft);
    publish(draft, folder);
  }
  refuseForeignFolder(folder);
  return { program: join(folder, "chromium"), libraries: join(folder, "lib") };
}

/** Plain files only, which is all that the archive holds. */
function unpackTar(archive: Buffer, folder: string): void {
  const text = (from: number, to: number): string => archive.toString("utf8", from, to).replace(/\0.*$/s, "");
  for (let at = 0; at + 512 <= archive.length && archive[at] !== 0; ) {
    const [name, size, kind] = [text(at, at + 100), Number.parseInt(text(at + 124, at + 136), 8), text(at + 156, at + 157)];
    const target = resolve(folder, name);
    if (!target.startsWith(`${folder}/`)) throw new Error(`The archive wants to write outside of its folder: ${name}`);
    if (kind === "0" || kind === "") {
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, archive.subarray(at + 512, at + 512 + size), { mode: 0o700 });
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
}

/** Without a Chinese font on the system the browser draws boxes; fontconfig is told of the one in node_modules. */
function fontEnvironment(): Readonly<Record<string, string>> {
  const fonts = packageFolder("@embedpdf/fonts-sc", () => require.resolve("@embedpdf/fonts-sc"));
  if (process.platform !== "linux" || fonts === undefined) return {};
  const folder = cacheFolder("fonts");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  refuseForeignFolder(folder);
  const escaped = (path: string): string => path.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const prefer = ["sans-serif", "serif", "monospace", "system-ui"]
    .map((family) => `<alias><family>${family}</family><prefer><family>Noto Sans S Chinese</family></prefer></alias>`)
    .join("\n");
  // Named after the project: two checkouts on one machine keep their fonts apart.
  const file = join(folder, `fonts-${Buffer.from(fonts).toString("base64url").slice(-40)}.conf`);
  const draft = `${file}.${process.pid}`;
  writeFileSync(
    draft,
    `<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n<dir>${escaped(join(fonts, "fonts"))}</dir>\n<cachedir>${escaped(folder)}</cachedir>\n${prefer}\n</fontconfig>\n`,
  );
  renameSync(draft, file);
  return { FONTCONFIG_FILE: file };
}

function findOnPath(): string | undefined {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path));
}

/** The name stands literally in each call of `resolve`, so that the check for unused packages sees it. */
function packageFolder(name: string, find: () => string): string | undefined {
  try {
    const entry = find();
    return entry.slice(0, entry.lastIndexOf(join("node_modules", name)) + join("node_modules", name).length);
  } catch {
    return undefined;
  }
}

function cacheFolder(name: string): string {
  return join(tmpdir(), `yichuang-${process.getuid?.() ?? "user"}-${name}`);
}

function publish(draft: string, folder: string): void {
  try {
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

/** The folder for temporary files is everybody's: a program that someone else put there is not run. */
function refuseForeignFolder(folder: string): void {
  const { uid, mode } = lstatSync(folder);
  if (uid === process.getuid?.() && (mode & 0o022) === 0) return;
  throw new Error(`The folder ${basename(folder)} for temporary files belongs to somebody else; remove it.`);
}
