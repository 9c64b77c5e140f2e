import { Button, Skeleton } from "antd";
import { type ReactNode, useEffect, useState } from "react";
import { useDeskWords } from "./words.ts";

/** Nothing for 300 ms (most answers are there by then), a skeleton, and after 10 seconds a way out. */
export function Loading({ reload }: { readonly reload?: () => void }): ReactNode {
  const words = useDeskWords();
  const [phase, setPhase] = useState<"quiet" | "shown" | "long">("quiet");
  useEffect(() => {
    const shown = setTimeout(() => setPhase("shown"), 300);
    const long = setTimeout(() => setPhase("long"), 10_000);
    return () => {
      clearTimeout(shown);
      clearTimeout(long);
    };
  }, []);
  if (phase === "quiet") return <div role="status" />;
  return (
    <div role="status" className="loading">
      <span className="vh">{words.loading}</span>
      {phase === "long" ? <p>{words.loadingLong}</p> : null}
      {phase === "long" && reload !== undefined ? <Button onClick={reload}>{words.reload}</Button> : null}
      <Skeleton active title={false} paragraph={{ rows: 6 }} />
    </div>
  );
}
