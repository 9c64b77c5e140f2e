import { Button, Input, Radio, Select } from "antd";
import { type ReactNode, useRef, useState } from "react";
import { ErrorSummary, type FormFault } from "#kit/desk/error-summary.tsx";
import { Field } from "#kit/desk/field.tsx";
import { KeyCap } from "#kit/desk/key-cap.tsx";
import { useText } from "#kit/desk/language.tsx";
import { useShortcuts } from "#kit/desk/shortcuts.ts";
import type { Duty } from "#modules/cases/api.ts";
import { useCasesWords } from "./words.ts";

export interface OpinionDraftValue {
  readonly step: string;
  readonly agrees: boolean;
  readonly article: string;
  readonly reason: string;
}

export interface OpinionPanelProps {
  readonly steps: readonly Duty[];
  readonly value: OpinionDraftValue;
  readonly onChange: (value: OpinionDraftValue) => void;
  readonly busy: boolean;
  readonly onSubmit: () => void;
}

/** Agree, or disagree with article and reason (ux D3). E goes here, Ctrl+Enter submits. */
export function OpinionPanel({ steps, value, onChange, busy, onSubmit }: OpinionPanelProps): ReactNode {
  const words = useCasesWords();
  const box = useRef<HTMLDivElement>(null);
  const [faults, setFaults] = useState<readonly FormFault[]>([]);
  function submit(): void {
    const found = value.agrees ? [] : groundFaults(value, { article: words.opinion.articleMissing, reason: words.opinion.reasonMissing });
    setFaults(found);
    if (found.length === 0) onSubmit();
  }
  useShortcuts({ opinion: () => box.current?.querySelector<HTMLInputElement>("input[type=radio]:checked")?.focus(), submit });
  return (
    <div ref={box}>
      <ErrorSummary faults={faults} />
      <OpinionChoice steps={steps} value={value} onChange={onChange} />
      <GroundFields value={value} needed={!value.agrees} faults={faults} onChange={(ground) => onChange({ ...value, ...ground })} />
      <p className="effect">{words.effect.review}</p>
      <div className="buttons">
        <Button type="primary" danger={!value.agrees} loading={busy} onClick={submit}>
          {words.opinion.submit}
          <KeyCap name="submit" />
        </Button>
      </div>
    </div>
  );
}

function OpinionChoice({ steps, value, onChange }: Pick<OpinionPanelProps, "steps" | "value" | "onChange">): ReactNode {
  const words = useCasesWords();
  const text = useText();
  return (
    <div className="act-line">
      {steps.length < 2 ? null : (
        <Select
          aria-label={words.opinion.step}
          value={value.step}
          options={steps.map(({ step, stepName }) => ({ value: step, label: text(stepName) }))}
          onChange={(step: string) => onChange({ ...value, step })}
        />
      )}
      <Radio.Group
        aria-label={words.opinion.title}
        value={value.agrees}
        options={[
          { value: true, label: words.opinion.agree },
          { value: false, label: words.opinion.disagree },
        ]}
        onChange={(event) => onChange({ ...value, agrees: event.target.value === true })}
      />
      <KeyCap name="opinion" />
    </div>
  );
}

export interface Ground {
  readonly article: string;
  readonly reason: string;
}

export interface GroundFieldsProps {
  readonly value: Ground;
  readonly needed: boolean;
  readonly faults: readonly FormFault[];
  readonly onChange: (ground: Ground) => void;
}

/** Article and reason beside each other; only a remark when nothing has to be justified. */
export function GroundFields({ value: { article, reason }, needed, faults, onChange }: GroundFieldsProps): ReactNode {
  const words = useCasesWords();
  return (
    <div className={needed ? "fields" : undefined}>
      {needed ? (
        <Field id="article" label={words.opinion.article} faults={faults}>
          <Input.TextArea
            id="article"
            autoSize={{ minRows: 2, maxRows: 3 }}
            maxLength={300}
            placeholder={words.opinion.articleHint}
            value={article}
            onChange={(event) => onChange({ article: event.target.value, reason })}
          />
        </Field>
      ) : null}
      <Field id="reason" label={needed ? words.opinion.reason : words.opinion.remark} faults={faults}>
        <Input.TextArea
          id="reason"
          autoSize={{ minRows: needed ? 2 : 1, maxRows: 4 }}
          maxLength={2000}
          value={reason}
          onChange={(event) => onChange({ article, reason: event.target.value })}
        />
      </Field>
    </div>
  );
}

/** Whoever says no gives the article and the reason (Art. 38(2)). The limits are those of the endpoints. */
export function groundFaults({ article, reason }: Ground, texts: Ground): readonly FormFault[] {
  return [
    ...(article.trim().length < 2 ? [{ field: "article", text: texts.article }] : []),
    ...(reason.trim().length < 2 ? [{ field: "reason", text: texts.reason }] : []),
  ];
}
