// @ts-check
// Builds the parts of `dist/` named on the command line, or all that are stale. Each part is built beside the old one and then takes
// its place, so a build that is killed leaves the old one whole.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { noteBuilt, PARTS, stalePartsOf } from "./build-state.mjs";
import { ROOT } from "./install-state.mjs";

/** @typedef {import("./build-state.mjs").Part} Part */

/** The oldest browsers that the portal promises: phones of about 2019. */
const PORTAL_BROWSERS = ["chrome80", "safari13", "ios13"];

/** @type {Readonly<Record<Part, (outdir: string) => Promise<void>>>} */
const BUILDERS = {
  server: (outdir) => buildProgram("apps/server/main.ts", outdir),
  cli: (outdir) => buildProgram("apps/cli/main.ts", outdir),
  portal: buildPortal,
  desk: buildDesk,
};

/** @param {readonly Part[]} parts */
export async function build(parts) {
  const stale = stalePartsOf(parts);
  for (const [part, signature] of stale) {
    const draft = join(ROOT, "dist", `.new-${part}-${process.pid}`);
    mkdirSync(draft, { recursive: true });
    try {
      await BUILDERS[part](draft);
      replace(join(ROOT, "dist", part), draft);
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
    noteBuilt(part, signature);
  }
}

/** @param {string} place @param {string} draft */
function replace(place, draft) {
  const old = `${place}.old-${process.pid}`;
  if (existsSync(place)) renameSync(place, old);
  renameSync(draft, place);
  rmSync(old, { recursive: true, force: true });
}

/** One file for Node; packages stay in node_modules. @param {string} entry @param {string} outdir */
async function buildProgram(entry, outdir) {
  const { build: bundle } = await import("esbuild");
  await bundle({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outdir,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    packages: "external",
    jsx: "automatic",
    sourcemap: true,
    logLevel: "warning",
  });
}

/**
 * The islands (`ISLAND.island.ts` beside the pages) and the one stylesheet of the public pages. `manifest.json` beside them says
 * which files a page loads: `{ islands: { ISLAND: { entry, files } }, css }`, `files` being the entry and the chunks it imports.
 * @param {string} outdir
 */
async function buildPortal(outdir) {
  const manifest = { islands: await buildIslands(outdir), css: await buildPortalStyles(outdir) };
  writeFileSync(join(outdir, "manifest.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
}

/** @param {string} outdir @returns {Promise<Record<string, { entry: string, files: string[] }>>} */
async function buildIslands(outdir) {
  const { build: bundle } = await import("esbuild");
  const folders = ["kit/portal", ...listFolder("modules").map((name) => `modules/${name}/portal`)];
  const entryPoints = folders
    .flatMap((folder) => listFolder(folder).map((file) => `${folder}/${file}`))
    .filter((file) => /\.island\.tsx?$/.test(file));
  if (entryPoints.length === 0) return {};
  const { metafile } = await bundle({
    absWorkingDir: ROOT,
    entryPoints,
    outdir,
    bundle: true,
    splitting: true,
    minify: true,
    metafile: true,
    format: "esm",
    jsx: "automatic",
    target: PORTAL_BROWSERS,
    define: { "process.env.NODE_ENV": '"production"' },
    entryNames: "[name]-[hash]",
    chunkNames: "chunk-[hash]",
    logLevel: "warning",
  });
  const { outputs } = metafile;
  const entries = Object.entries(outputs).flatMap(([path, { entryPoint }]) => (entryPoint === undefined ? [] : [{ path, entryPoint }]));
  return Object.fromEntries(
    entries.map(({ path, entryPoint }) => {
      const files = [...loadedBy(path, outputs)].map((file) => basename(file));
      return [basename(entryPoint).replace(/\.island\.tsx?$/, ""), { entry: basename(path), files }];
    }),
  );
}

/**
 * A file and all it imports at once, so that a page can ask for them together. What is imported on demand is left out.
 * @param {string} path
 * @param {import("esbuild").Metafile["outputs"]} outputs
 * @param {Set<string>} found
 */
function loadedBy(path, outputs, found = new Set()) {
  if (found.has(path)) return found;
  found.add(path);
  for (const { kind, path: next } of outputs[path]?.imports ?? []) if (kind === "import-statement") loadedBy(next, outputs, found);
  return found;
}

/** The file name of the stylesheet, or the empty string while there is none. @param {string} outdir */
async function buildPortalStyles(outdir) {
  const { build: bundle } = await import("esbuild");
  const sheets = listFolder("kit/portal").filter((file) => file.endsWith(".css"));
  if (sheets.length === 0) return "";
  await bundle({
    absWorkingDir: ROOT,
    stdin: { contents: sheets.map((file) => `@import "./${file}";`).join("\n"), loader: "css", resolveDir: join(ROOT, "kit", "portal") },
    outdir,
    bundle: true,
    minify: true,
    target: PORTAL_BROWSERS,
    loader: { ".woff2": "file", ".svg": "file", ".png": "file" },
    assetNames: "[name]-[hash]",
    entryNames: "portal-[hash]",
    logLevel: "warning",
  });
  return listOf(outdir).find((file) => /^portal-.*\.css$/.test(file)) ?? "";
}

/** @param {string} outdir */
async function buildDesk(outdir) {
  const configFile = join(ROOT, "apps", "desk", "vite.config.ts");
  if (!existsSync(configFile)) return;
  const { build: bundle } = await import("vite");
  await bundle({
    root: join(ROOT, "apps", "desk"),
    configFile,
    mode: "production",
    logLevel: "warn",
    build: { outDir: outdir, emptyOutDir: true },
  });
}

/** The names in a folder of the project in order, none if it does not exist. @param {string} folder */
function listFolder(folder) {
  return listOf(join(ROOT, folder));
}

/** @param {string} path */
function listOf(path) {
  return existsSync(path) ? readdirSync(path).sort() : [];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  process.env["NODE_ENV"] = "production"; // else React's slow development build goes into the bundles
  const named = PARTS.filter((part) => process.argv.includes(part));
  try {
    await build(named.length > 0 ? named : PARTS);
  } catch (error) {
    // esbuild and Vite have told the place already; their stack leads into themselves.
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
