import type { Actor, Officer } from "#domain/actor.ts";
import { isRefusal, refuse } from "#domain/refusal.ts";
import {
  acceptCase,
  type ActReply,
  closeCase,
  decideCase,
  deliverCase,
  type DutyKindName,
  exportCases,
  giveReview,
  listCases,
  listMyCases,
  listWork,
  notAcceptCase,
  readCase,
  requireCorrection,
  submitApplication,
  supplyCorrection,
  withdrawCase,
} from "#modules/cases/api.ts";
import type { CaseRefusal } from "#modules/cases/law/decide.ts";
import type { CaseCommand } from "#modules/cases/law/state.ts";
import type { CaseCommands } from "#modules/cases/server/commands.ts";
import { casesCsv } from "#modules/cases/server/export.ts";
import { type CaseReadDeps, casesOfMine, detailFor, listedCases, listedWork, placeFrom } from "#modules/cases/server/reads.ts";
import { namesFor } from "#modules/cases/server/names.ts";
import { type Desk, hashesOf } from "#modules/cases/server/queries.ts";
import type { SubmitDraft } from "#modules/cases/server/submit.ts";
import { plainDateOf } from "#domain/plain-date.ts";
import { type Call, type Route, route } from "#platform/endpoint.ts";

const usualLimit = 50;
const exportCost = 20;
const everyKind: readonly DutyKindName[] = ["accept", "correct", "review", "decide", "deliver", "close"];

/** Which permission lets an officer work on a kind of duty. */
const permissionForKind: Readonly<Record<DutyKindName, string>> = {
  accept: "case.accept",
  correct: "case.accept",
  review: "case.review",
  decide: "case.decide",
  deliver: "case.deliver",
  close: "case.deliver",
};

/**
 * Where an officer does this kind of work: each permission reaches as far as it was given and no further. Who may do it in the
 * whole tenant still works at her own desk.
 */
function desksOf({ organisation, grants }: Officer, kind: DutyKindName): readonly Desk[] {
  const organisations = grants[permissionForKind[kind]]?.organisations ?? [];
  return (organisations === "all" ? [organisation] : organisations).map((id) => ({ organisation: id, kind }));
}

export interface CaseRouteDeps extends CaseReadDeps {
  readonly commands: CaseCommands;
  readonly submitDraft: SubmitDraft;
}

export function caseRoutes(deps: CaseRouteDeps): readonly Route[] {
  return [...applicantRoutes(deps), ...readRoutes(deps), ...officerRoutes(deps)];
}

function applicantRoutes(deps: CaseRouteDeps): readonly Route[] {
  const { commands } = deps;
  return [
    route(submitApplication, (call) => deps.submitDraft(call.act, call.body.draft)),
    route(listMyCases, async ({ actor, now }) => ({ rows: await casesOfMine(deps, idOf(actor), now) })),
    route(supplyCorrection, async ({ act, params, body }) => {
      // A hash that is no upload of her own brings nothing: with a file that is not there, or another's, the material is missing.
      const own = await hashesOf(
        deps.db,
        act.actor,
        body.materials.map(({ file }) => file),
      );
      const materials = body.materials.filter(({ file }) => own.has(file));
      return commands.byApplicant(act, params.id, { kind: "supply_correction", materials });
    }),
    route(withdrawCase, ({ act, params }) => commands.byApplicant(act, params.id, { kind: "withdraw" })),
  ];
}

function readRoutes(deps: CaseRouteDeps): readonly Route[] {
  return [
    route(listWork, ({ actor, query, now }) => {
      const wanted = query.kind === undefined ? everyKind : [query.kind];
      const desks = wanted.flatMap((kind) => desksOf(officerOf(actor), kind));
      return listedWork(deps, desks, placeFrom(query.after), query.limit ?? usualLimit, now);
    }),
    route(listCases, ({ reach, query: { after, limit, ...filter }, now }) =>
      listedCases(deps, reach, filter, after, limit ?? usualLimit, now),
    ),
    route(exportCases, ({ reach, query, now, language }) => casesCsv(deps, reach, query, language, now), exportCost),
    route(readCase, async ({ reach, params, actor, now }) => {
      return (await detailFor(deps, reach, officerOf(actor), params.id, now)) ?? refuse("case.not_found");
    }),
  ];
}

function officerRoutes(deps: CaseRouteDeps): readonly Route[] {
  const act = async (call: OfficerCall, command: CaseCommand): Promise<ActReply | CaseRefusal> => {
    const done = await deps.commands.byOfficer(call.act, call.reach, call.params.id, command);
    return isRefusal(done) ? withName(deps, done, call.now) : done;
  };
  return [
    route(acceptCase, (call) => act(call, { kind: "accept" })),
    route(requireCorrection, (call) => act(call, { kind: "require_correction", ...call.body })),
    route(notAcceptCase, (call) => act(call, { kind: "not_accept", ...call.body })),
    route(giveReview, (call) => act(call, { kind: "review", step: call.params.step, ...call.body })),
    route(decideCase, (call) => {
      const { decision, reason, article } = call.body;
      if (decision === "grant") return act(call, { kind: "grant" });
      if (reason === undefined) return Promise.resolve(refuse("case.reason_missing"));
      if (article === undefined) return Promise.resolve(refuse("case.article_missing"));
      return act(call, { kind: "refuse", reason, article });
    }),
    route(deliverCase, (call) => act(call, { kind: "deliver", ...call.body })),
    route(closeCase, (call) => act(call, { kind: "close" })),
  ];
}

interface OfficerCall extends Pick<Call<typeof acceptCase>, "act" | "reach" | "now"> {
  readonly params: { readonly id: string };
}

/** Who came second sees who was first, by name (ux C9). */
async function withName(deps: CaseRouteDeps, refusal: CaseRefusal, now: Date): Promise<CaseRefusal> {
  const { lastActor, ...params } = refusal.params;
  if (typeof lastActor !== "string") return refusal;
  const names = await namesFor(deps, [], [{ actor: lastActor }], plainDateOf(now));
  return refuse(refusal.refused, { ...params, lastBy: names.person(lastActor) });
}

function officerOf(actor: Actor): Officer {
  if (actor.kind !== "officer") throw new Error("the endpoint asks for an officer");
  return actor;
}

function idOf(actor: Actor): string {
  if (actor.kind === "anonymous") throw new Error("the endpoint asks for somebody signed in");
  return actor.id;
}
