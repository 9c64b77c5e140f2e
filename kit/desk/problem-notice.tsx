import { Button } from "antd";
import { type ReactNode, useEffect, useRef } from "react";
import { isOpen, type ProblemReply } from "#kit/client/problem-reply.ts";
import { moment } from "./dates.ts";
import { useToday } from "./desk-context.tsx";
import { useLanguage, useText } from "./language.tsx";
import { useDeskWords } from "./words.ts";

export interface ProblemNoticeProps {
  readonly problem: ProblemReply;
  readonly reload?: () => void;
  /** Says in words what an entry type of this module did ("受理了"); for a lost race. */
  readonly sayEntry?: (type: string) => string;
}

/** What went wrong, who was first if somebody was, and the way on. Takes the focus, so that a screen reader speaks it at once. */
export function ProblemNotice({ problem, reload, sayEntry }: ProblemNoticeProps): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const words = useDeskWords();
  const text = useText();
  const { language } = useLanguage();
  useEffect(() => box.current?.focus(), [problem]);
  const conflict = useConflict(problem, sayEntry);
  return (
    <div ref={box} className="notice notice-no" role="alert" tabIndex={-1}>
      <b>{conflict === null ? text(problem.texts) : words.problem.conflict}</b>
      {conflict === null ? null : <p>{conflict}</p>}
      {isOpen(problem) ? <p>{words.problem.open}</p> : null}
      {problem.errors.length === 0 ? null : (
        <ul>
          {problem.errors.map((fault) => (
            <li key={`${fault.in}${fault.pointer}${fault.rule}`}>
              {fault.pointer} {fault[language]}
            </li>
          ))}
        </ul>
      )}
      {problem.requestId === null || problem.status < 500 ? null : <p className="small">{words.reference(problem.requestId)}</p>}
      {reload === undefined ? null : (
        <Button size="small" onClick={reload}>
          {words.reload}
        </Button>
      )}
    </div>
  );
}

/** Who acted first, when, and what it was; null when the problem is no lost race. */
function useConflict({ status, code, params }: ProblemReply, sayEntry: ProblemNoticeProps["sayEntry"]): string | null {
  const words = useDeskWords();
  const { language } = useLanguage();
  const today = useToday();
  if (status !== 409 || !("lastType" in params || code.endsWith(".wrong_state"))) return null;
  const { lastType, lastBy, lastAt } = params;
  if (typeof lastType !== "string" || typeof lastBy !== "string" || typeof lastAt !== "string") return words.problem.conflictUnknown;
  return words.problem.conflictBy(lastBy, moment(lastAt, language, today), sayEntry?.(lastType) ?? lastType);
}
