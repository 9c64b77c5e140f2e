import type { ReactNode } from "react";

/** Tone of a status. The sheet adds a shape, so colour never stands alone. */
export type Tone = "waiting" | "running" | "done" | "paused" | "stopped";

export function Tag({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }): ReactNode {
  return <span className={`tag ${tone}`}>{children}</span>;
}
