import { Button } from "antd";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { useText } from "#kit/desk/language.tsx";
import { Loading } from "#kit/desk/loading.tsx";
import { useOpenTab } from "#kit/desk/open-tabs.tsx";
import { usePageTitle } from "#kit/desk/page-title.ts";
import { Pane, Panes } from "#kit/desk/panes.tsx";
import { ProblemNotice } from "#kit/desk/problem-notice.tsx";
import { useReply } from "#kit/desk/use-reply.ts";
import { type CaseDetail, readCase } from "#modules/cases/api.ts";
import { ActPage } from "./act-page.tsx";
import { Intake } from "./intake.tsx";
import { useCasesWords } from "./words.ts";

/** One page per case (ux D2). What it offers to do comes from the same law that will judge it (`detail.acts`). */
export function CasePage(): ReactNode {
  const { id = "" } = useParams();
  return <CaseById key={id} id={id} />;
}

function CaseById({ id }: { readonly id: string }): ReactNode {
  const words = useCasesWords();
  const text = useText();
  const { reply, problem, loading, reload } = useReply(readCase, { params: { id } });
  const [done, setDone] = useState<string | null>(null);
  const label = reply === null ? null : `${reply.applicantName} ${text(reply.itemName)}`;
  useOpenTab(`/cases/${id}`, label);
  usePageTitle(label ?? words.list.title);
  if (reply === null) {
    return (
      <Panes layout="one">
        <Pane title={words.list.title} heading={1}>
          {loading ? <Loading reload={reload} /> : null}
          {problem?.status === 404 ? <NotFound /> : null}
          {problem === null || problem.status === 404 ? null : <ProblemNotice problem={problem} reload={reload} />}
        </Pane>
      </Panes>
    );
  }
  return (
    <div className="case-page">
      {done === null ? null : <DoneNotice text={done} />}
      <CaseAct detail={reply} reload={reload} onDone={setDone} />
    </div>
  );
}

interface CaseActChoice {
  readonly detail: CaseDetail;
  readonly reload: () => void;
  readonly onDone: (text: string) => void;
}

/**
 * What is half written stays while the same acts are open, even if a colleague's opinion comes in meanwhile. Other acts, or other
 * files after a correction, begin a new form.
 */
function CaseAct(props: CaseActChoice): ReactNode {
  const { acts, materials } = props.detail;
  const files = materials.map(({ file }) => file?.hash ?? "").join(" ");
  return acts.includes("accept") ? <Intake key={files} {...props} /> : <ActPage key={acts.join(" ")} {...props} />;
}

function NotFound(): ReactNode {
  const words = useCasesWords();
  return (
    <div className="empty">
      <b>{words.notFound.title}</b>
      <p>{words.notFound.text}</p>
      <p>
        <Link to="/">{words.done.back}</Link>
      </p>
    </div>
  );
}

function DoneNotice({ text }: { readonly text: string }): ReactNode {
  const words = useCasesWords();
  const navigate = useNavigate();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [text]);
  return (
    <div ref={box} className="notice notice-ok done" role="status" tabIndex={-1}>
      <b>✓ {text}</b>
      <Button size="small" onClick={() => void navigate("/")}>
        {words.done.back}
      </Button>
    </div>
  );
}
