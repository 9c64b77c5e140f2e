import type { ReactNode } from "react";

export type NoticeTone = "plain" | "care" | "done" | "seal";

/** Seal red only for what has legal effect or is refused (look.md). */
export function Notice({ tone = "plain", children }: { readonly tone?: NoticeTone; readonly children: ReactNode }): ReactNode {
  return <div className={tone === "plain" ? "notice" : `notice ${tone}`}>{children}</div>;
}

interface DetailsProps {
  readonly summary: string;
  readonly open?: boolean;
  readonly children: ReactNode;
}

export function Details({ summary, open = false, children }: DetailsProps): ReactNode {
  return (
    <details className="more" open={open}>
      <summary>{summary}</summary>
      {children}
    </details>
  );
}

export interface Fact {
  readonly label: string;
  readonly value: ReactNode;
  readonly note?: string | null;
  /** Overdue: the note is shown in seal red. */
  readonly late?: boolean;
}

/** Numbers that matter, side by side: until when, how much, how many trips. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }): ReactNode {
  return (
    <dl className="facts">
      {facts.map((fact) => (
        <div key={fact.label}>
          <dt>{fact.label}</dt>
          <dd>{fact.value}</dd>
          {fact.note ? <dd className={fact.late ? "late" : undefined}>{fact.note}</dd> : null}
        </div>
      ))}
    </dl>
  );
}

/** Lists go on by a link to the next page; there is no total and no jumping (keyset paging). */
export function Pagination({ next, children }: { readonly next: string | null; readonly children: ReactNode }): ReactNode {
  if (next === null) return null;
  return (
    <nav className="paging">
      <a className="button quiet" href={next} rel="next">
        {children}
      </a>
    </nav>
  );
}
