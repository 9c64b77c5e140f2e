import { type ReactNode, useState } from "react";
import { useToday } from "#kit/desk/desk-context.tsx";
import { KeyCap } from "#kit/desk/key-cap.tsx";
import { useLanguage } from "#kit/desk/language.tsx";
import { Pane, Panes } from "#kit/desk/panes.tsx";
import { ProblemNotice } from "#kit/desk/problem-notice.tsx";
import { useShortcuts } from "#kit/desk/shortcuts.ts";
import { useAct } from "#kit/desk/use-act.ts";
import { acceptCase, type CaseDetail, notAcceptCase, requireCorrection } from "#modules/cases/api.ts";
import { shortDay } from "#kit/desk/dates.ts";
import { IntakeFoot } from "./intake-foot.tsx";
import { beginChecking, check, type CheckingStep, type Verdict, verdictOf } from "./marks.ts";
import { MaterialTable } from "./material-table.tsx";
import { emptyNonAcceptance, type NonAcceptance, NonAcceptanceForm } from "./non-acceptance-form.tsx";
import { acceptancePaper, correctionPaper, notAcceptedPaper, type Paper, type PaperContext } from "./paper.ts";
import { PaperPane } from "./paper-pane.tsx";
import { PersonPane } from "./person-pane.tsx";
import { useCasesWords, useEntryWords } from "./words.ts";
import { casesDeskWordsZh } from "./words.zh.ts";

export interface CaseActProps {
  readonly detail: CaseDetail;
  readonly reload: () => void;
  /** Says what was done, above the page that then shows. */
  readonly onDone: (text: string) => void;
}

/** The clerk's screen (ux C2): person, checklist driven by keys, and the document that builds itself from the marks. */
export function Intake({ detail, reload, onDone }: CaseActProps): ReactNode {
  const words = useCasesWords();
  const { checking, step, verdict } = useChecking(detail);
  const [refusing, setRefusing] = useState<NonAcceptance | null>(null);
  const acts = useIntakeActs(detail, verdict, onDone);
  const paper = useIntakePaper(detail, verdict, refusing);
  function accept(): void {
    if (verdict.open === 0 && verdict.defects.length === 0) acts.accept();
    else pointAtOpen(detail, checking.marks, step);
  }
  useIntakeKeys(refusing === null, step, accept);
  const foot = (
    <Foot detail={detail} verdict={verdict} acts={acts} refusing={refusing} onRefusing={setRefusing} onAccept={accept} reload={reload} />
  );
  return (
    <Panes layout="three">
      <PersonPane detail={detail} />
      <Pane
        bare
        title={refusing === null ? words.checking.title : words.notAccept.title}
        aside={refusing === null ? <KeyHints count={detail.materials.length} /> : undefined}
        foot={foot}
      >
        <MaterialTable materials={detail.materials} checking={checking} onStep={step} />
      </Pane>
      <PaperPane paper={paper} title={words.paper.title} />
    </Panes>
  );
}

interface FootProps {
  readonly detail: CaseDetail;
  readonly verdict: Verdict;
  readonly acts: ReturnType<typeof useIntakeActs>;
  readonly refusing: NonAcceptance | null;
  readonly onRefusing: (value: NonAcceptance | null) => void;
  readonly onAccept: () => void;
  readonly reload: () => void;
}

function Foot({ detail, verdict, acts, refusing, onRefusing, onAccept, reload }: FootProps): ReactNode {
  const sayEntry = useEntryWords();
  return (
    <>
      {acts.problem === null ? null : <ProblemNotice problem={acts.problem} reload={reload} sayEntry={sayEntry} />}
      {refusing === null ? (
        <IntakeFoot
          detail={detail}
          verdict={verdict}
          busy={acts.busy}
          onAccept={onAccept}
          onCorrect={acts.correct}
          onNotAccept={() => onRefusing(emptyNonAcceptance)}
        />
      ) : (
        <NonAcceptanceForm
          value={refusing}
          onChange={onRefusing}
          busy={acts.busy}
          onConfirm={acts.notAccept}
          onCancel={() => onRefusing(null)}
        />
      )}
    </>
  );
}

function useChecking(detail: CaseDetail) {
  const [checking, setChecking] = useState(() => beginChecking(detail.materials));
  const keys = detail.materials.map(({ key }) => key);
  const step = (next: CheckingStep) => setChecking((before) => check(before, next, keys));
  return { checking, step, verdict: verdictOf(checking.marks, detail.materials, casesDeskWordsZh.missingReason) };
}

function useIntakeActs(detail: CaseDetail, verdict: Verdict, onDone: (text: string) => void) {
  const words = useCasesWords();
  const { language } = useLanguage();
  const today = useToday();
  const { act, busy, problem } = useAct();
  const params = { id: detail.id };
  const doIt = {
    accept: async () => {
      const done = await act(acceptCase, { params });
      if (done !== null) onDone(words.done.accepted(shortDay(done.promiseDue ?? done.legalDue ?? today, language, today)));
    },
    correct: async () => {
      const done = await act(requireCorrection, { params, body: { defects: [...verdict.defects] } });
      if (done !== null) onDone(words.done.correcting);
    },
    notAccept: async ({ outcome, reason, competentBody }: NonAcceptance) => {
      const body = { outcome, reason: reason.trim(), ...(outcome === "not_competent" ? { competentBody: competentBody.trim() } : {}) };
      const done = await act(notAcceptCase, { params, body });
      if (done !== null) onDone(words.done.not_accepted);
    },
  };
  return {
    busy,
    problem,
    accept: () => void doIt.accept(),
    correct: () => void doIt.correct(),
    notAccept: (value: NonAcceptance) => void doIt.notAccept(value),
  };
}

/** A press of "accept" that cannot be followed leads to the first material that stands against it (ux C5). */
function pointAtOpen(
  detail: CaseDetail,
  marks: Readonly<Record<string, { readonly kind: string }>>,
  step: (next: CheckingStep) => void,
): void {
  const against = detail.materials.find(({ key }) => ["open", "missing", "wrong"].includes(marks[key]?.kind ?? "open"));
  if (against !== undefined) step({ kind: "select", key: against.key });
}

function useIntakeKeys(on: boolean, step: (next: CheckingStep) => void, accept: () => void): void {
  const keys = {
    accept,
    up: () => step({ kind: "move", by: -1 }),
    down: () => step({ kind: "move", by: 1 }),
    markAccepted: () => step({ kind: "mark", as: "accepted" }),
    markMissing: () => step({ kind: "mark", as: "missing" }),
    markWrong: () => step({ kind: "mark", as: "wrong" }),
    markRest: () => step({ kind: "accept_rest" }),
  } as const;
  useShortcuts(on ? keys : {});
}

function useIntakePaper(detail: CaseDetail, verdict: Verdict, refusing: NonAcceptance | null): Paper {
  const words = useCasesWords();
  const { language } = useLanguage();
  const today = useToday();
  const context: PaperContext = { detail, words, language, today };
  if (refusing !== null)
    return notAcceptedPaper(context, refusing.reason, refusing.outcome === "not_competent" ? refusing.competentBody : "");
  if (verdict.defects.length === 0) {
    return acceptancePaper(context, verdict.accepted + verdict.open, detail.ifAcceptedNow ?? { promiseDue: today, legalDue: today });
  }
  const named = verdict.defects.map(({ material, reason }) => ({
    name: detail.materials.find(({ key }) => key === material)?.name ?? { zh: material, en: material },
    reason,
  }));
  return correctionPaper(context, named);
}

function KeyHints({ count }: { readonly count: number }): ReactNode {
  const words = useCasesWords();
  const { keys } = words.checking;
  return (
    <>
      {words.checking.count(count)} · <KeyCap name="up" />
      <KeyCap name="down" /> {keys.move} <KeyCap name="markAccepted" /> {keys.accepted} <KeyCap name="markMissing" /> {keys.missing}{" "}
      <KeyCap name="markWrong" /> {keys.wrong} <KeyCap name="markRest" /> {keys.rest}
    </>
  );
}
