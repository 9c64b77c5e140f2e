import { timingSafeEqual } from "node:crypto";
import { normaliseIdentifier } from "#domain/normalise.ts";
import { plainDate, plainDateOf } from "#domain/plain-date.ts";
import { isRefusal } from "#domain/refusal.ts";
import { workingDaysBetween } from "#domain/working-days.ts";
import type { CaseEntry, Defect, GivenMaterial } from "#modules/cases/law/state.ts";
import { CorrectionForm } from "#modules/cases/portal/correction-form.tsx";
import { DecisionView } from "#modules/cases/portal/decision-view.tsx";
import { MyCases } from "#modules/cases/portal/my-cases.tsx";
import { Progress } from "#modules/cases/portal/progress.tsx";
import { Submitted } from "#modules/cases/portal/submitted.tsx";
import { Track } from "#modules/cases/portal/track.tsx";
import { casePortalWords } from "#modules/cases/portal/words.ts";
import { queryCodeOf } from "#modules/cases/server/commands.ts";
import { type CaseRecord, caseByNumber, dutiesOfCases } from "#modules/cases/server/queries.ts";
import { namesFor } from "#modules/cases/server/names.ts";
import { casesOfMine, progressFor } from "#modules/cases/server/reads.ts";
import type { CaseRouteDeps } from "#modules/cases/server/routes.ts";
import { itemVersion } from "#modules/catalog/server/public.ts";
import type { Entry } from "#platform/ledger/entry.ts";
import { type ActionCall, missing, type Page, type PageCall, page, redirect, show } from "#platform/page.tsx";

interface ByNumber {
  readonly number: string;
}

type CaseCall = PageCall<ByNumber>;

/** Guessing query codes costs as much as fifty pages a try. */
const trackCost = 50;

export function casePages(deps: CaseRouteDeps): readonly Page[] {
  return [
    submitPage(deps),
    myCasesPage(deps),
    progressPage(deps),
    submittedPage(deps),
    correctionPage(deps),
    decisionPage(deps),
    trackPage(deps),
  ];
}

/** The last step of an application: the draft becomes a case. */
function submitPage(deps: CaseRouteDeps): Page {
  return page<{ readonly draft: string }>({
    path: "/apply/:draft/submit",
    access: "citizen",
    load: async ({ params }) => redirect(`/apply/${params.draft}/check`),
    actions: {
      submit: async (call) => {
        const receipt = await deps.submitDraft(call.act, call.params.draft);
        if (!isRefusal(receipt)) return redirect(`/cases/${receipt.number}/done`);
        // Sent already from another tab: what was sent stands in the list.
        return receipt.refused === "case.wrong_state" ? redirect("/cases") : receipt;
      },
    },
  });
}

function myCasesPage(deps: CaseRouteDeps): Page {
  return page({
    path: "/cases",
    access: "citizen",
    load: async ({ actor, now, language }) => {
      const rows = actor.kind === "citizen" ? await casesOfMine(deps, actor.id, now) : [];
      return show({
        title: casePortalWords(language).myCases,
        view: <MyCases language={language} today={plainDateOf(now)} rows={rows} />,
        layout: "wide",
      });
    },
  });
}

/** The case of this number if it is the visitor's own; another's number and none are the same answer. */
async function ownCase(deps: CaseRouteDeps, { actor, params }: CaseCall): Promise<CaseRecord | null> {
  const found = await caseByNumber(deps.db, params.number);
  return found !== null && actor.kind === "citizen" && found.applicant === actor.id ? found : null;
}

function progressPage(deps: CaseRouteDeps): Page {
  return page<ByNumber>({
    path: "/cases/:number",
    access: "citizen",
    load: async (call) => {
      const found = await ownCase(deps, call);
      return found === null ? missing() : showProgress(deps, found, call, true);
    },
    actions: {
      withdraw: async (call) => {
        const found = await ownCase(deps, call);
        if (found === null) return missing();
        const done = await deps.commands.byApplicant(call.act, found.id, { kind: "withdraw" });
        return isRefusal(done) ? done : redirect(`/cases/${found.number}`);
      },
    },
  });
}

async function showProgress(deps: CaseRouteDeps, found: CaseRecord, call: PageCall<object>, owner: boolean) {
  const { now, language } = call;
  const today = plainDateOf(now);
  const detail = await progressFor(deps, found, now);
  const daysLeft = (date: string | null) => (date === null ? null : workingDaysBetween(deps.calendar(), today, plainDate(date)));
  const acceptBy = detail.duties.find(({ kind }) => kind === "accept")?.dueOn ?? null;
  const left = { accept: daysLeft(acceptBy), promise: daysLeft(detail.promiseDue), legal: daysLeft(detail.legalDue) };
  const form = owner ? call.form : null;
  const view = <Progress language={language} today={today} detail={detail} left={left} deducted={null} form={form} />;
  return show({ title: detail.itemName[language], view, status: 200 });
}

function submittedPage(deps: CaseRouteDeps): Page {
  return page<ByNumber>({
    path: "/cases/:number/done",
    access: "citizen",
    load: async (call) => {
      const found = await ownCase(deps, call);
      if (found === null) return missing();
      const [entries, names, rules] = await Promise.all([
        deps.ledger.history(found.id),
        namesFor(deps, [found], [], plainDateOf(call.now)),
        deps.rulesOfVersion(found.item_version, found.organisation),
      ]);
      const received = payloadOf<"case.received">(entries, "case.received");
      const office = names.organisation(rules.acceptBy);
      const view = (
        <Submitted
          language={call.language}
          today={plainDateOf(call.now)}
          itemName={names.item(found.item)}
          number={found.number}
          queryCode={queryCodeOf(deps.vault, found.number)}
          receivedOn={found.state.receivedOn}
          acceptBy={received?.acceptBy ?? found.state.receivedOn}
          officeName={office.name[call.language]}
          phone={office.phone ?? "12345"}
        />
      );
      return show({ title: casePortalWords(call.language).submittedTitle, view });
    },
  });
}

function payloadOf<Type extends CaseEntry["type"]>(entries: readonly Entry[], type: Type) {
  const found = entries.findLast((entry) => entry.type === type);
  return found?.payload as unknown as Extract<CaseEntry, { readonly type: Type }>["payload"] | undefined;
}

function correctionPage(deps: CaseRouteDeps): Page {
  return page<ByNumber>({
    path: "/cases/:number/fix",
    access: "citizen",
    load: async (call) => {
      const found = await ownCase(deps, call);
      if (found === null) return missing();
      return found.state.status === "correcting" ? correctionView(deps, found, call, []) : redirect(`/cases/${found.number}`);
    },
    actions: { supply: (call) => supply(deps, call) },
  });
}

interface FieldFault {
  readonly name: string;
  readonly message: string;
}

async function correctionView(deps: CaseRouteDeps, found: CaseRecord, call: CaseCall, errors: readonly FieldFault[]) {
  const { language, now } = call;
  const [entries, content, names, duties] = await Promise.all([
    deps.ledger.history(found.id),
    itemVersion(deps.db, found.item_version),
    namesFor(deps, [found], [], plainDateOf(now)),
    dutiesOfCases(deps.db, [found.id]),
  ]);
  const asked = entries.findLast(({ type }) => type === "case.correction_required");
  const defects = (asked?.payload as { readonly defects?: readonly Defect[] } | undefined)?.defects ?? [];
  const view = (
    <CorrectionForm
      language={language}
      today={plainDateOf(now)}
      form={call.form}
      number={found.number}
      itemName={names.item(found.item)}
      askedOn={asked?.effectiveOn ?? found.state.receivedOn}
      dueOn={duties[0]?.dueOn ?? null}
      defects={defects.map(({ material, reason }) => {
        const known = content.materials.find(({ key }) => key === material);
        return {
          key: material,
          name: known?.name ?? { zh: material, en: material },
          reason,
          standard: known?.standard ?? { zh: "", en: "" },
        };
      })}
      errors={errors}
    />
  );
  return show({ title: casePortalWords(language).correctTitle, view });
}

async function supply(deps: CaseRouteDeps, call: ActionCall<ByNumber>) {
  const found = await ownCase(deps, call);
  if (found === null) return missing();
  const errors: FieldFault[] = [];
  const materials: GivenMaterial[] = [];
  for (const upload of call.files) {
    if ("refused" in upload) errors.push({ name: upload.field, message: upload.refused.texts[call.language] });
    else materials.push({ key: upload.field, file: upload.stored.hash });
  }
  for (const key of found.state.defective ?? []) {
    if (!call.files.some(({ field }) => field === key)) errors.push({ name: key, message: casePortalWords(call.language).fileMissing });
  }
  if (errors.length > 0) return correctionView(deps, found, call, errors);
  const done = await deps.commands.byApplicant(call.act, found.id, { kind: "supply_correction", materials });
  return isRefusal(done) ? done : redirect(`/cases/${found.number}`);
}

const decisionTypes = { "case.granted": "granted", "case.refused": "refused", "case.not_accepted": "not_accepted" } as const;

function decisionPage(deps: CaseRouteDeps): Page {
  return page<ByNumber>({
    path: "/cases/:number/decision",
    access: "citizen",
    load: async (call) => {
      const found = await ownCase(deps, call);
      if (found === null) return missing();
      const entries = await deps.ledger.history(found.id);
      const decision = entries.findLast((entry) => Object.hasOwn(decisionTypes, entry.type));
      if (decision === undefined) return redirect(`/cases/${found.number}`);
      return showDecision(deps, found, decision, call);
    },
  });
}

async function showDecision(deps: CaseRouteDeps, found: CaseRecord, decision: Entry, { language, now }: CaseCall) {
  const content = await itemVersion(deps.db, found.item_version);
  const names = await namesFor(deps, [found], [], plainDateOf(now));
  const { reason, article, competentBody } = decision.payload as {
    readonly reason?: string;
    readonly article?: string;
    readonly competentBody?: string;
  };
  const kind = decisionTypes[decision.type as keyof typeof decisionTypes];
  const view = (
    <DecisionView
      language={language}
      number={found.number}
      kind={kind}
      licence={content.type === "01"}
      itemName={names.item(found.item)}
      applicantName={names.applicant(found.applicant)}
      officeName={names.organisation(found.organisation).name[language]}
      appliedOn={found.state.receivedOn}
      decidedOn={decision.effectiveOn}
      reason={reason ?? null}
      article={article ?? null}
      competentBody={competentBody ?? null}
      result={content.result.kind === "none" ? null : content.result.name}
      remedies={content.remedies}
    />
  );
  return show({ title: casePortalWords(language).decisionTitle, view });
}

/** A case without an account: number and query code (ux P19). */
function trackPage(deps: CaseRouteDeps): Page {
  const form = (call: PageCall<object>, number: string, errors: readonly FieldFault[]) =>
    show({
      title: casePortalWords(call.language).trackTitle,
      view: <Track language={call.language} form={call.form} number={number} errors={errors} />,
    });
  return page({
    path: "/track",
    access: "everyone",
    cost: trackCost,
    load: async (call) => form(call, "", []),
    actions: {
      track: async (call) => {
        const number = textOf(call, "number");
        const found = await caseByNumber(deps.db, number);
        if (found !== null && sameCode(queryCodeOf(deps.vault, number), textOf(call, "code")))
          return showProgress(deps, found, call, false);
        return form(call, number, [{ name: "code", message: casePortalWords(call.language).trackNotFound }]);
      },
    },
  });
}

function textOf({ fields }: ActionCall, name: string): string {
  const value = fields[name];
  return typeof value === "string" ? normaliseIdentifier(value).slice(0, 60) : "";
}

/** In the same time whether the first or the last character differs. */
function sameCode(right: string, given: string): boolean {
  const a = Buffer.from(right);
  const b = Buffer.from(given);
  return a.length === b.length && timingSafeEqual(a, b);
}
