import { Button } from "antd";
import type { ReactNode } from "react";
import { shortDay } from "#kit/desk/dates.ts";
import { useToday } from "#kit/desk/desk-context.tsx";
import { KeyCap } from "#kit/desk/key-cap.tsx";
import { useLanguage } from "#kit/desk/language.tsx";
import type { CaseDetail } from "#modules/cases/api.ts";
import type { Verdict } from "./marks.ts";
import { useCasesWords } from "./words.ts";

export interface IntakeFootProps {
  readonly detail: CaseDetail;
  readonly verdict: Verdict;
  readonly busy: boolean;
  readonly onAccept: () => void;
  readonly onCorrect: () => void;
  readonly onNotAccept: () => void;
}

/** What the press will do stands above the buttons, before the press (ux C4). */
export function IntakeFoot({ detail, verdict, busy, onAccept, onCorrect, onNotAccept }: IntakeFootProps): ReactNode {
  const words = useCasesWords();
  const correctedBefore = detail.events.some(({ type }) => type === "case.correction_required");
  const hasDefects = verdict.defects.length > 0;
  const correctable = verdict.open === 0 && hasDefects && !correctedBefore && detail.acts.includes("require_correction");
  return (
    <>
      <div className="effect" aria-live="polite">
        <Effect detail={detail} verdict={verdict} correctedBefore={correctedBefore} />
      </div>
      <div className="buttons">
        <Button type={hasDefects ? "default" : "primary"} loading={busy} aria-disabled={verdict.open > 0 || hasDefects} onClick={onAccept}>
          {words.acts.accept}
          <KeyCap name="accept" />
        </Button>
        <Button type={correctable ? "primary" : "default"} disabled={!correctable} loading={busy && hasDefects} onClick={onCorrect}>
          {words.acts.correct}
        </Button>
        <Button onClick={onNotAccept} disabled={!detail.acts.includes("not_accept")}>
          {words.acts.notAccept}
        </Button>
      </div>
    </>
  );
}

type EffectProps = Pick<IntakeFootProps, "detail" | "verdict"> & { readonly correctedBefore: boolean };

function Effect({ detail, verdict, correctedBefore }: EffectProps): ReactNode {
  const words = useCasesWords();
  const { language } = useLanguage();
  const today = useToday();
  const open = verdict.open > 0 ? <span className="stop">{words.effect.open(verdict.open)}</span> : null;
  if (verdict.defects.length > 0) {
    return (
      <>
        <span className="stop">{words.effect.defects(verdict.defects.length)}</span>{" "}
        {open ?? (correctedBefore ? words.effect.correctedBefore : words.effect.correct)}
      </>
    );
  }
  const then = detail.ifAcceptedNow;
  if (then === null) return open;
  return (
    <>
      {open} {words.effect.accept}
      <b>{words.effect.clock(shortDay(then.promiseDue, language, today))}</b>
      {words.effect.legal(shortDay(then.legalDue, language, today))}
      {then.notified.length === 0
        ? words.effect.nobodyNotified
        : words.effect.notified(then.notified.join(language === "zh" ? "、" : ", "))}
    </>
  );
}
