import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Static, Type } from "typebox";
import { Compile } from "typebox/compile";

const Hex16 = Type.String({ pattern: "^[0-9a-f]{32}$" });
const Hex32 = Type.String({ pattern: "^[0-9a-f]{64}$" });

/** The keys of one installation. They stand beside the database, never in it: a copied table alone opens nothing. */
const KeyFile = Type.Object(
  {
    /** Id of the key that new columns are sealed with; older ones stay to open what they sealed. */
    current: Type.String({ pattern: "^[a-z0-9]{1,20}$" }),
    columns: Type.Record(
      Type.String({ pattern: "^[a-z0-9]{1,20}$" }),
      Type.Object({ cipher: Hex16, mac: Hex32 }, { additionalProperties: false }),
    ),
    /** One for all time: a changed key would no longer find what is stored. */
    blindIndex: Hex32,
    /** For the tokens of forms. */
    forms: Hex32,
  },
  { additionalProperties: false },
);
export type Keys = Static<typeof KeyFile>;

const keyFile = Compile(KeyFile);

export function newKeys(): Keys {
  const hex = (bytes: number): string => randomBytes(bytes).toString("hex");
  return { current: "k1", columns: { k1: { cipher: hex(16), mac: hex(32) } }, blindIndex: hex(32), forms: hex(32) };
}

/** The keys of this data folder, made at the first start (mode 0600). Throws if the file is there but is not what it should be. */
export function openKeys(folder: string): Keys {
  const path = join(folder, "keys.json");
  if (!existsSync(path)) writeOnce(folder, path);
  const keys: unknown = JSON.parse(readFileSync(path, "utf8"));
  if (!keyFile.Check(keys) || keys.columns[keys.current] === undefined)
    throw new Error("keys.json is not a key file; restore it from its backup");
  return keys;
}

/** Two processes may start at once: the first link wins, and both then read the same file, whole. */
function writeOnce(folder: string, path: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(newKeys(), null, 2)}\n`, { mode: 0o600, flush: true });
  chmodSync(draft, 0o600);
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft);
  }
}
