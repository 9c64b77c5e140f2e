import type { ReactNode } from "react";
import { Button } from "antd";
import { longDay } from "#kit/desk/dates.ts";
import { KeyCap } from "#kit/desk/key-cap.tsx";
import { useLanguage } from "#kit/desk/language.tsx";
import { Pane } from "#kit/desk/panes.tsx";
import { useShortcuts } from "#kit/desk/shortcuts.ts";
import { useDeskWords } from "#kit/desk/words.ts";
import type { Paper } from "./paper.ts";
import { useCasesWords } from "./words.ts";

/** The third column: the document as it builds itself, and the key that prints it. */
export function PaperPane({ paper, title }: { readonly paper: Paper | null; readonly title: string }): ReactNode {
  const words = useCasesWords();
  const desk = useDeskWords();
  useShortcuts({ print: () => globalThis.print() });
  const print =
    paper === null ? undefined : (
      <Button type="text" size="small" onClick={() => globalThis.print()}>
        <KeyCap name="print" /> {desk.print}
      </Button>
    );
  return (
    <Pane title={title} ground scrollsByKeys aside={print}>
      {paper === null ? <p className="small">{words.paper.none}</p> : <Sheet paper={paper} />}
    </Pane>
  );
}

function Sheet({ paper }: { readonly paper: Paper }): ReactNode {
  const words = useCasesWords();
  const { language } = useLanguage();
  const [number, to, ...text] = paper.lines;
  return (
    <article className={paper.draft ? "sheet draft" : "sheet"} aria-live="polite">
      <h3>{paper.title}</h3>
      <p>{number}</p>
      <p>{to}</p>
      {text.map((line) => (
        <p key={line} className="indent">
          {line}
        </p>
      ))}
      <div className="signed">
        <span>{longDay(paper.day, language)}</span>
        {paper.seal === null ? null : <span className="seal">{words.paper.seal(paper.seal)}</span>}
      </div>
      {paper.draft ? <p className="draft-note">{words.paper.draft}</p> : null}
    </article>
  );
}
