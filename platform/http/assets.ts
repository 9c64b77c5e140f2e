import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Static, Type } from "typebox";
import { Compile } from "typebox/compile";

/** What `scripts/build.mjs` says of the public pages: each island's script with the chunks it imports, and the stylesheet. */
const Manifest = Type.Object({
  islands: Type.Record(Type.String(), Type.Object({ entry: Type.String(), files: Type.Array(Type.String()) })),
  css: Type.String(),
});
type Manifest = Static<typeof Manifest>;

const manifestCheck = Compile(Manifest);

export interface PortalAssets {
  /** Address of the stylesheet. */
  readonly stylesheet: string;
  /** Addresses of the scripts of these islands. A name without a script throws: the page would look whole and do nothing. */
  readonly scriptsOf: (islands: readonly string[]) => readonly string[];
}

/** The built files of the portal in `folder`; without a build (tests of the platform) there are none. */
export function readPortalAssets(folder: string): PortalAssets {
  const path = join(folder, "manifest.json");
  const manifest: unknown = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : { islands: {}, css: "" };
  if (!manifestCheck.Check(manifest)) throw new Error(`${path} is not a manifest; build again`);
  return assetsOf(manifest);
}

function assetsOf({ islands, css }: Manifest): PortalAssets {
  return {
    stylesheet: css === "" ? "/assets/portal.css" : `/assets/${css}`,
    scriptsOf: (names) =>
      names.map((name) => {
        const island = Object.hasOwn(islands, name) ? islands[name] : undefined;
        if (island === undefined) throw new Error(`the island ${name} has no script`);
        return `/assets/${island.entry}`;
      }),
  };
}
