import type { ReactNode } from "react";
import type { Language, Text } from "#domain/words.ts";
import { portalWords } from "#kit/words/portal.ts";
import { Buttons, LinkButton } from "./button.tsx";

export type ProblemKind = "missing" | "forbidden" | "expired" | "busy" | "refused" | "fault";

export interface ProblemPageProps {
  readonly language: Language;
  readonly kind: ProblemKind;
  /** The words of a refusal, when there are any; they replace the general sentence. */
  readonly reason?: string | null;
  readonly requestId: string;
  readonly hall: { readonly name: Text; readonly address: Text; readonly phone: string } | null;
}

/** No code, no red: what happened, whether the answers were kept, what to do, whom to call (ux P20). */
export function ProblemPage({ language, kind, reason, requestId, hall }: ProblemPageProps): ReactNode {
  const words = portalWords(language);
  const problem = words.problems[kind];
  return (
    <div className="stack">
      <h1 className="first">{problem.title}</h1>
      <p>{reason ?? problem.text}</p>
      <p>{problem.next}</p>
      <p>
        <a href="tel:12345">{words.hotline}</a>
      </p>
      {hall === null ? null : (
        <p>
          <b>{hall.name[language]}</b>
          <br />
          {hall.address[language]}
          <br />
          <a className="num" href={`tel:${hall.phone}`}>
            {hall.phone}
          </a>
        </p>
      )}
      <p className="muted small num">{words.reference(requestId)}</p>
      <Buttons>
        <LinkButton href="/" quiet>
          {words.home}
        </LinkButton>
      </Buttons>
    </div>
  );
}

/** What kind of problem an HTTP status is to the person who meets it. */
export function problemKind(status: number, code: string): ProblemKind {
  if (code === "form_expired") return "expired";
  if (status >= 500 && status !== 503) return "fault";
  if (status === 404 || status === 410) return "missing";
  if (status === 401 || status === 403) return "forbidden";
  return status === 429 || status === 503 ? "busy" : "refused";
}
