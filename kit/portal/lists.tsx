import type { ReactNode } from "react";
import type { Language } from "#domain/words.ts";
import { portalWords } from "#kit/words/portal.ts";
import { Tag, type Tone } from "./tag.tsx";

export interface AnswerRow {
  readonly label: string;
  /** Empty is shown as "not provided". */
  readonly value: string;
  readonly change: string | null;
}

/** Check your answers: a Change link per row, whose hidden text names the row (ux P12). */
export function SummaryList({ language, rows }: { readonly language: Language; readonly rows: readonly AnswerRow[] }): ReactNode {
  const words = portalWords(language);
  return (
    <dl className="answers">
      {rows.map((row) => (
        <div key={row.label}>
          <dt>{row.label}</dt>
          <dd>{row.value === "" ? <span className="muted">{words.notProvided}</span> : row.value}</dd>
          {row.change === null ? null : (
            <dd>
              <a className="change" href={row.change}>
                {words.change}
                <span className="vh"> {row.label}</span>
              </a>
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}

export interface Task {
  readonly title: string;
  readonly hint?: string | null;
  /** Null while the task cannot be started: it is then not a link (ux P6). */
  readonly href: string | null;
  readonly status: string;
  /** Done is plain text; a tag is for what is left to do. */
  readonly tone: Tone | null;
}

export function TaskList({ tasks }: { readonly tasks: readonly Task[] }): ReactNode {
  return (
    <ol className="rows tasks">
      {tasks.map((task) => (
        <li key={task.title}>
          <div>
            {task.href === null ? (
              <span className="title muted">{task.title}</span>
            ) : (
              <a className="title" href={task.href}>
                {task.title}
              </a>
            )}
            {task.hint ? <div className="muted small">{task.hint}</div> : null}
          </div>
          {task.tone === null ? <span>{task.status}</span> : <Tag tone={task.tone}>{task.status}</Tag>}
        </li>
      ))}
    </ol>
  );
}
