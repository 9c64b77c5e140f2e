import { Button, Input, Radio } from "antd";
import { type ReactNode, useState } from "react";
import { ErrorSummary, type FormFault } from "#kit/desk/error-summary.tsx";
import { Field } from "#kit/desk/field.tsx";
import { type CasesDeskWords, useCasesWords } from "./words.ts";

export interface NonAcceptance {
  readonly outcome: "not_required" | "not_competent";
  readonly reason: string;
  readonly competentBody: string;
}

export const emptyNonAcceptance: NonAcceptance = { outcome: "not_required", reason: "", competentBody: "" };

export interface NonAcceptanceFormProps {
  readonly value: NonAcceptance;
  readonly onChange: (value: NonAcceptance) => void;
  readonly busy: boolean;
  readonly onConfirm: (value: NonAcceptance) => void;
  readonly onCancel: () => void;
}

/** Art. 32(1)(1)-(2): no licence is needed, or another body is competent, and then which. */
export function NonAcceptanceForm({ value, onChange, busy, onConfirm, onCancel }: NonAcceptanceFormProps): ReactNode {
  const words = useCasesWords();
  const [faults, setFaults] = useState<readonly FormFault[]>([]);
  function confirm(): void {
    const found = faultsOf(value, words);
    setFaults(found);
    if (found.length === 0) onConfirm(value);
  }
  return (
    <>
      <ErrorSummary faults={faults} />
      <NonAcceptanceFields value={value} onChange={onChange} faults={faults} />
      <p className="effect">{words.effect.notAccept}</p>
      <div className="buttons">
        <Button type="primary" danger loading={busy} onClick={confirm}>
          {words.notAccept.confirm}
        </Button>
        <Button onClick={onCancel}>{words.acts.cancel}</Button>
      </div>
    </>
  );
}

interface FieldsProps extends Pick<NonAcceptanceFormProps, "value" | "onChange"> {
  readonly faults: readonly FormFault[];
}

function NonAcceptanceFields({ value, onChange, faults }: FieldsProps): ReactNode {
  const words = useCasesWords();
  return (
    <>
      <Field id="outcome" label={words.notAccept.outcome} group>
        <Radio.Group
          className="stacked"
          value={value.outcome}
          options={(["not_required", "not_competent"] as const).map((outcome) => ({ value: outcome, label: words.notAccept[outcome] }))}
          onChange={(event) => onChange({ ...value, outcome: event.target.value as NonAcceptance["outcome"] })}
        />
      </Field>
      {value.outcome === "not_competent" ? (
        <Field id="competent-body" label={words.notAccept.competentBody} faults={faults}>
          <Input
            id="competent-body"
            maxLength={200}
            value={value.competentBody}
            onChange={(event) => onChange({ ...value, competentBody: event.target.value })}
          />
        </Field>
      ) : null}
      <Field id="not-accept-reason" label={words.notAccept.reason} faults={faults}>
        <Input.TextArea
          id="not-accept-reason"
          autoFocus
          autoSize={{ minRows: 2, maxRows: 4 }}
          maxLength={2000}
          value={value.reason}
          onChange={(event) => onChange({ ...value, reason: event.target.value })}
        />
      </Field>
    </>
  );
}

function faultsOf({ outcome, reason, competentBody }: NonAcceptance, words: CasesDeskWords): readonly FormFault[] {
  const faults: FormFault[] = [];
  if (outcome === "not_competent" && competentBody.trim().length < 2)
    faults.push({ field: "competent-body", text: words.notAccept.competentBodyMissing });
  if (reason.trim().length < 2) faults.push({ field: "not-accept-reason", text: words.notAccept.reasonMissing });
  return faults;
}
