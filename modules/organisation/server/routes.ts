import { type Actor, reaches } from "#domain/actor.ts";
import { plainDateOf } from "#domain/plain-date.ts";
import { isRefusal } from "#domain/refusal.ts";
import {
  type DivisionRow,
  type HallRow,
  listDivisions,
  listHalls,
  listUnits,
  type Me,
  readMe,
  signIn,
  signOut,
  type UnitRow,
} from "#modules/organisation/api.ts";
import type { UnitValue } from "#modules/organisation/law/values.ts";
import { type Route, route, withSession } from "#platform/endpoint.ts";
import { type Directory, directoriesIn, type Listed } from "./directory.ts";
import { type SignInDeps, signInOfficer } from "./sign-in.ts";

/** The most rows of one page of units. */
const mostUnits = 200;
/** A sign-in costs some 30 ms of Argon2id, so it takes more of the caller's rate limit than a read. */
const signInCost = 5;

export function organisationRoutes(deps: SignInDeps): readonly Route[] {
  const directories = directoriesIn(deps.db);
  return [
    route(
      signIn,
      async ({ body, address, now }) => {
        const officer = await signInOfficer(deps, { ...body, address, now });
        if (isRefusal(officer)) return officer;
        return withSession(meOf(officer), { change: "sign-in", kind: "officer", subject: officer.id });
      },
      signInCost,
    ),
    route(signOut, async () => withSession({}, { change: "sign-out" })),
    route(readMe, async ({ actor }) => meOf(actor)),
    route(listUnits, async ({ query, reach, now }) => {
      const { units } = await directories.on(plainDateOf(now));
      const limit = query.limit ?? mostUnits;
      const found = units.filter(
        ({ id, key, value, retired }) =>
          !retired &&
          reaches(reach, id) &&
          (query.after === undefined || key > query.after) &&
          (query.division === undefined || value.division === query.division) &&
          (query.kind === undefined || value.kind === query.kind),
      );
      const rows = found.slice(0, limit).map(unitRow);
      return { rows, next: found.length > limit ? (rows.at(-1)?.key ?? null) : null };
    }),
    route(listDivisions, async ({ query, now }) => {
      const { divisions } = await directories.on(plainDateOf(now));
      const live = divisions.filter(({ value, retired }) => !retired && (query.parent === undefined || value.parent === query.parent));
      return { rows: live.map(({ id, key, value }): DivisionRow => ({ id, key, ...value })) };
    }),
    route(listHalls, async ({ now }) => ({ rows: hallRows(await directories.on(plainDateOf(now))) })),
  ];
}

function meOf(actor: Actor): Me {
  switch (actor.kind) {
    case "officer": {
      const grants = Object.entries(actor.grants).map(([permission, { organisations }]) => ({
        permission,
        organisations: organisations === "all" ? organisations : organisations.length,
      }));
      return {
        kind: "officer",
        id: actor.id,
        name: actor.name,
        organisation: actor.organisation,
        organisationName: actor.organisationName,
        grants,
      };
    }
    case "citizen":
      return { kind: "citizen", id: actor.id, name: actor.maskedName, organisation: null, organisationName: null, grants: [] };
    case "anonymous":
    case "system":
      throw new Error(`no session belongs to ${actor.kind}`);
  }
}

function unitRow({ id, key, value }: Listed<UnitValue>): UnitRow {
  const { name, shortName, kind, parent, division, phone } = value;
  return { id, key, name, shortName, kind, parent, division, phone };
}

function hallRows({ halls, windows, structure }: Directory): HallRow[] {
  return halls
    .filter(({ retired }) => !retired)
    .map(({ id, key, value }) => ({
      id,
      key,
      name: value.name,
      address: value.address,
      hours: value.hours,
      phone: value.phone,
      windows: windows
        .filter((window) => !window.retired && window.value.hall === key)
        .map((window) => {
          const { number, name, kind, unit } = window.value;
          return { id: window.id, number, name, kind, unit, unitName: structure.units.get(unit)?.name ?? name };
        }),
    }));
}
