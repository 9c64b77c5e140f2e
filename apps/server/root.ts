import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The project's folder, wherever this file runs from: the bundle lies in `dist/`, the source in `apps/`. */
export function projectRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json"))) return folder;
    if (folder === dirname(folder)) throw new Error(`no package.json above ${from}`);
  }
}
