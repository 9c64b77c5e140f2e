import { type ReactNode, useState } from "react";
import { useToday } from "#kit/desk/desk-context.tsx";
import { useLanguage, useText } from "#kit/desk/language.tsx";
import { Pane, Panes } from "#kit/desk/panes.tsx";
import { ProblemNotice } from "#kit/desk/problem-notice.tsx";
import { type Acting, useAct } from "#kit/desk/use-act.ts";
import { type CaseDetail, closeCase, decideCase, deliverCase, giveReview } from "#modules/cases/api.ts";
import { CaseFile } from "./case-file.tsx";
import { type DecisionDraft, DecisionPanel } from "./decision-panel.tsx";
import { ClosingPanel, DeliveryPanel } from "./delivery-panel.tsx";
import type { CaseActProps } from "./intake.tsx";
import { type OpinionDraftValue, OpinionPanel } from "./opinion-panel.tsx";
import { grantPaper, issuedPaper, opinionPaper, type Paper, type PaperContext, refusalPaper } from "./paper.ts";
import { PaperPane } from "./paper-pane.tsx";
import { PersonPane } from "./person-pane.tsx";
import { useCasesWords, useEntryWords } from "./words.ts";

/** Whoever reviews, decides, delivers or only reads: the file, the act at hand below it, and what the applicant will read. */
export function ActPage(props: CaseActProps): ReactNode {
  const { acts } = props.detail;
  if (acts.includes("review")) return <ReviewPage {...props} />;
  if (acts.includes("grant") || acts.includes("refuse")) return <DecisionPage {...props} />;
  return <DeliveryPage {...props} />;
}

function usePaperContext(detail: CaseDetail): PaperContext {
  const words = useCasesWords();
  const { language } = useLanguage();
  const today = useToday();
  return { detail, words, language, today };
}

interface LayoutProps extends Pick<CaseActProps, "detail" | "reload"> {
  readonly title: string;
  readonly first: "materials" | "opinions" | "history";
  readonly acting: Acting;
  readonly paper: Paper | null;
  readonly panel: ReactNode;
}

function Layout({ detail, reload, title, first, acting, paper, panel }: LayoutProps): ReactNode {
  const words = useCasesWords();
  const sayEntry = useEntryWords();
  const { problem } = acting;
  return (
    <Panes layout="three">
      <PersonPane detail={detail} />
      <Pane
        bare
        title={title}
        foot={
          <>
            {problem === null ? null : <ProblemNotice problem={problem} reload={reload} sayEntry={sayEntry} />}
            {panel}
          </>
        }
      >
        <CaseFile detail={detail} first={first} />
      </Pane>
      <PaperPane paper={paper} title={paper?.draft === true ? words.paper.readTitle : words.paper.title} />
    </Panes>
  );
}

function ReviewPage({ detail, reload, onDone }: CaseActProps): ReactNode {
  const words = useCasesWords();
  const text = useText();
  const acting = useAct();
  const steps = detail.duties.filter(({ kind }) => kind === "review");
  const [written, setValue] = useState<OpinionDraftValue>({ step: "", agrees: true, article: "", reason: "" });
  // A step that a colleague has done meanwhile is open no more.
  const duty = steps.find(({ step }) => step === written.step) ?? steps[0];
  const value = { ...written, step: duty?.step ?? "" };
  const context = usePaperContext(detail);
  const paper = opinionPaper(context, {
    ...value,
    body: duty?.organisationName ?? "",
    step: duty === undefined ? "" : text(duty.stepName),
  });
  async function submit(): Promise<void> {
    const reason = value.reason.trim();
    const ground = value.agrees ? (reason.length < 2 ? {} : { reason }) : { reason, article: value.article.trim() };
    const body = { opinion: value.agrees ? ("agree" as const) : ("disagree" as const), ...ground };
    const done = await acting.act(giveReview, { params: { id: detail.id, step: value.step }, body });
    if (done !== null) onDone(words.done.reviewed);
  }
  const panel = <OpinionPanel steps={steps} value={value} onChange={setValue} busy={acting.busy} onSubmit={() => void submit()} />;
  return (
    <Layout detail={detail} reload={reload} title={words.opinion.title} first="materials" acting={acting} paper={paper} panel={panel} />
  );
}

function DecisionPage({ detail, reload, onDone }: CaseActProps): ReactNode {
  const words = useCasesWords();
  const acting = useAct();
  const grantable = detail.acts.includes("grant") && detail.reviews.every(({ opinion }) => opinion === "agree");
  const [value, setValue] = useState<DecisionDraft>({ grants: grantable, article: "", reason: "" });
  const context = usePaperContext(detail);
  const paper = value.grants ? grantPaper(context) : refusalPaper(context, value.article, value.reason);
  async function submit(): Promise<void> {
    const body = value.grants
      ? { decision: "grant" as const }
      : { decision: "refuse" as const, reason: value.reason.trim(), article: value.article.trim() };
    const done = await acting.act(decideCase, { params: { id: detail.id }, body });
    if (done !== null) onDone(value.grants ? words.done.granted : words.done.refused);
  }
  const panel = <DecisionPanel value={value} grantable={grantable} onChange={setValue} busy={acting.busy} onSubmit={() => void submit()} />;
  return (
    <Layout detail={detail} reload={reload} title={words.decision.title} first="opinions" acting={acting} paper={paper} panel={panel} />
  );
}

/** Delivery, closing, or nothing to do: the document that was issued stands beside it. */
function DeliveryPage({ detail, reload, onDone }: CaseActProps): ReactNode {
  const words = useCasesWords();
  const acting = useAct();
  const paper = issuedPaper(usePaperContext(detail));
  const params = { id: detail.id };
  async function deliver(means: "electronic" | "window" | "post", note: string): Promise<void> {
    const done = await acting.act(deliverCase, { params, body: { means, ...(note === "" ? {} : { note }) } });
    if (done !== null) onDone(words.done.delivered);
  }
  async function close(): Promise<void> {
    if ((await acting.act(closeCase, { params })) !== null) onDone(words.done.closed);
  }
  const common = { detail, reload, acting, paper, first: "history" as const };
  if (detail.acts.includes("deliver")) {
    const panel = <DeliveryPanel busy={acting.busy} onSubmit={({ means, note }) => void deliver(means, note)} />;
    return <Layout {...common} title={words.delivery.title} panel={panel} />;
  }
  if (detail.acts.includes("close")) {
    return <Layout {...common} title={words.closing.title} panel={<ClosingPanel busy={acting.busy} onSubmit={() => void close()} />} />;
  }
  return <Layout {...common} title={words.nothing.title} panel={<p className="effect">{words.nothing.text}</p>} />;
}
