// @ts-check
// `npm start`: install if the lock changed, build if sources are newer, then run the server in this very process.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureBuilt, PARTS } from "./build-state.mjs";
import { ensureInstalled, requireNode, ROOT } from "./install-state.mjs";

/** @param {string} zh @param {string} en */
const say = (zh, en) => console.log(`${zh} ${en}`);

requireNode();
await ensureInstalled(say);
await ensureBuilt(PARTS, say);
process.env["NODE_ENV"] = "production";
process.setSourceMapsEnabled(true);
await import(pathToFileURL(join(ROOT, "dist", "server", "main.js")).href);
