import type { ReactNode } from "react";
import { shortDay } from "./dates.ts";
import { useToday } from "./desk-context.tsx";
import { type DueFacts, type DueState, dueState } from "./due-state.ts";
import { useLanguage } from "./language.tsx";
import { type DeskWords, useDeskWords } from "./words.ts";

export type DueTagProps = Omit<DueFacts, "today">;

/** Shape, word and day of a limit: ▲ overdue, ◆ soon, ● to do, ‖ paused, ✓ done. */
export function DueTag(props: DueTagProps): ReactNode {
  const today = useToday();
  const words = useDeskWords();
  const { language } = useLanguage();
  const state = dueState({ ...props, today });
  const day = props.dueOn === null ? null : words.due.by(shortDay(props.dueOn, language, today));
  return (
    <span className="due">
      <span className={`tag tag-${state}`}>
        <DueShape state={state} />
        {dueWord(state, props, today, words)}
      </span>
      {day === null || state === "done" ? null : <span className="due-day">{day}</span>}
    </span>
  );
}

function dueWord(state: DueState, { dueOn, workdaysLeft }: DueTagProps, today: string, words: DeskWords): string {
  switch (state) {
    case "done":
      return words.due.done;
    case "paused":
      return words.due.paused;
    case "overdue":
      return typeof workdaysLeft === "number" && workdaysLeft < 0 ? words.due.overdue(-workdaysLeft) : words.due.overdueOnly;
    case "soon":
    case "act":
      if (dueOn === today) return words.due.today;
      if (dueOn === null) return words.due.none;
      return typeof workdaysLeft === "number" ? words.due.left(workdaysLeft) : words.due.act;
  }
}

const shapes: Readonly<Record<DueState, string>> = {
  overdue: "M7 1 13.5 12.5H.5Z",
  soon: "M7 .5 13.5 7 7 13.5.5 7Z",
  act: "M7 1.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11Z",
  paused: "M3 2h3v10H3ZM8 2h3v10H8Z",
  done: "M1.2 7.4 2.9 5.7l2.6 2.6 5.6-5.9 1.7 1.7-7.3 7.6Z",
};

function DueShape({ state }: { readonly state: DueState }): ReactNode {
  return (
    <svg className="shape" viewBox="0 0 14 14" aria-hidden="true">
      <path d={shapes[state]} />
    </svg>
  );
}
