import type { ReactNode } from "react";

/** A page of the desk that is one screen: panes side by side, each scrolling within itself, no page scroll at 1366 × 768. */
export function Panes({ children, layout }: { readonly children: ReactNode; readonly layout: "three" | "one" }): ReactNode {
  return <div className={`panes panes-${layout}`}>{children}</div>;
}

export interface PaneProps {
  readonly title: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  /** Stands below what scrolls and is always in sight: what happens on the press, and the buttons. */
  readonly foot?: ReactNode;
  readonly bare?: boolean;
  readonly ground?: boolean;
  readonly heading?: 1 | 2;
  /** For a pane of text only: without a control in it, the keyboard could not scroll it. */
  readonly scrollsByKeys?: boolean;
}

export function Pane({ title, aside, children, foot, bare, ground, heading, scrollsByKeys }: PaneProps): ReactNode {
  const Heading = heading === 1 ? "h1" : "h2";
  return (
    <section className="pane">
      <header className="pane-head">
        <Heading>{title}</Heading>
        {aside === undefined ? null : <div className="pane-aside">{aside}</div>}
      </header>
      <div
        className={`pane-body${bare === true ? " bare" : ""}${ground === true ? " ground" : ""}`}
        {...(scrollsByKeys === true ? { tabIndex: 0 } : {})}
      >
        {children}
      </div>
      {foot === undefined || foot === null ? null : <div className="pane-foot">{foot}</div>}
    </section>
  );
}

export interface Fact {
  readonly label: string;
  readonly value: ReactNode;
}

/** Label and value, two columns. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }): ReactNode {
  return (
    <dl className="facts">
      {facts.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
