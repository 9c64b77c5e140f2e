import type { ReactNode } from "react";
import { Tag, type Tone } from "./tag.tsx";

export interface Lane {
  readonly title: string;
  readonly text: string;
  readonly status: string;
  readonly tone: Tone;
}

export interface TimelineStep {
  readonly key: string;
  readonly title: string;
  readonly state: "done" | "current" | "pending" | "stopped";
  /** Spoken instead of the dot. */
  readonly stateWord: string;
  readonly lines: readonly string[];
  readonly link?: { readonly href: string; readonly label: string } | null;
  readonly lanes?: readonly Lane[];
}

/** Steps of a case from the top down; departments that work at the same time are lanes of one step (ux P14). */
export function Timeline({ steps }: { readonly steps: readonly TimelineStep[] }): ReactNode {
  return (
    <ol className="steps">
      {steps.map((step, index) => (
        <li key={step.key} className={step.state} aria-current={step.state === "current" ? "step" : undefined}>
          <span className="dot num" aria-hidden="true">
            {step.state === "done" ? "✓" : step.state === "stopped" ? "✕" : index + 1}
          </span>
          <h3>
            {step.title} <span className="vh">{step.stateWord}</span>
          </h3>
          {step.lines.map((line) => (
            <p key={line} className="muted">
              {line}
            </p>
          ))}
          {step.link ? (
            <p>
              <a href={step.link.href}>{step.link.label}</a>
            </p>
          ) : null}
          {step.lanes && step.lanes.length > 0 ? <Lanes lanes={step.lanes} /> : null}
        </li>
      ))}
    </ol>
  );
}

function Lanes({ lanes }: { readonly lanes: readonly Lane[] }): ReactNode {
  return (
    <ul className="lanes">
      {lanes.map((lane) => (
        <li key={lane.title}>
          <div>
            <b>{lane.title}</b>
            <div className="muted">{lane.text}</div>
          </div>
          <Tag tone={lane.tone}>{lane.status}</Tag>
        </li>
      ))}
    </ul>
  );
}
