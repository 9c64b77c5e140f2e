// @ts-check
// `./yichuang …`: the command line. Standard output belongs to the command; what the preparation says goes to standard error.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureBuilt } from "./build-state.mjs";
import { ensureInstalled, requireNode, ROOT } from "./install-state.mjs";

/** @param {string} zh @param {string} en */
const say = (zh, en) => console.error(`${zh} ${en}`);

requireNode();
await ensureInstalled(say);
await ensureBuilt(["cli"], say);
process.env["NODE_ENV"] = "production";
process.setSourceMapsEnabled(true);
await import(pathToFileURL(join(ROOT, "dist", "cli", "main.js")).href);
