import type { PlainDate } from "#domain/plain-date.ts";
import { type RegisterState, type RegisterValue, valueOn } from "#domain/register.ts";
import { type Structure, structureOf } from "#modules/organisation/law/structure.ts";
import type { DivisionValue, HallValue, RoleValue, UnitValue, WindowValue } from "#modules/organisation/law/values.ts";
import type { Database } from "#platform/db.ts";
import { gatherReads } from "#platform/gather-reads.ts";
import { type DirectoryRows, directoryRows, directoryStamp, type RegisterRow } from "./queries.ts";

/** One row of a register on a day. A retired one keeps its last value: old cases still name it. */
export interface Listed<Value> {
  readonly id: string;
  readonly key: string;
  readonly value: Value;
  readonly retired: boolean;
}

/** Units, divisions, roles, halls and windows of a tenant on one day. */
export interface Directory {
  readonly units: readonly Listed<UnitValue>[];
  readonly divisions: readonly Listed<DivisionValue>[];
  readonly halls: readonly Listed<HallValue>[];
  readonly windows: readonly Listed<WindowValue>[];
  readonly structure: Structure;
}

function directoryOf(rows: DirectoryRows, today: PlainDate): Directory {
  const units = listed<UnitValue>(rows.unit, today);
  const divisions = listed<DivisionValue>(rows.division, today);
  const roles = listed<RoleValue>(rows.role, today).filter(({ retired }) => !retired);
  return {
    units,
    divisions,
    halls: listed<HallValue>(rows.hall, today),
    windows: listed<WindowValue>(rows.service_window, today),
    structure: structureOf({
      // Retired units and divisions stay in the trees: whoever was over them still is over their cases.
      units: units.map(({ id, key, value }) => ({ id, key, name: value.name, parent: value.parent, division: value.division })),
      divisions: divisions.map(({ key, value }) => ({ key, parent: value.parent })),
      roles: roles.map(({ key, value }) => ({ key, permissions: value.permissions })),
    }),
  };
}

function listed<Value extends RegisterValue>(rows: readonly RegisterRow[], today: PlainDate): readonly Listed<Value>[] {
  return rows.flatMap(({ id, key, state }) => {
    const known = state as RegisterState<Value>;
    const value = valueOn({ ...known, retiredOn: null }, today);
    return value === null ? [] : [{ id, key, value, retired: known.retiredOn !== null && known.retiredOn <= today }];
  });
}

/** Answers the directory on a day; `stamp` spares the read of the stamp to whoever has just read it. */
export interface Directories {
  on(today: PlainDate, stamp?: string): Promise<Directory>;
}

function createDirectories(db: Database): Directories {
  const readStamp = gatherReads(async (keys: readonly "stamp"[]) => {
    const found = await directoryStamp(db);
    return new Map(keys.map((key) => [key, found]));
  });
  let rows: DirectoryRows | null = null;
  let built: { readonly today: PlainDate; readonly directory: Directory } | null = null;

  return {
    on: async (today, stamp) => {
      const current = stamp ?? (await readStamp("stamp"));
      if (rows === null || rows.stamp !== current) {
        rows = await directoryRows(db);
        built = null;
      }
      if (built === null || built.today !== today) built = { today, directory: directoryOf(rows, today) };
      return built.directory;
    },
  };
}

const directoriesOf = new WeakMap<Database, Directories>();

/** The directory is kept for each database of this process, and only as long as its stamp says that nothing moved. */
export function directoriesIn(db: Database): Directories {
  const known = directoriesOf.get(db);
  if (known !== undefined) return known;
  const directories = createDirectories(db);
  directoriesOf.set(db, directories);
  return directories;
}
