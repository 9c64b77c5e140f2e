import { Button, Radio } from "antd";
import { type ReactNode, useState } from "react";
import { ErrorSummary, type FormFault } from "#kit/desk/error-summary.tsx";
import { KeyCap } from "#kit/desk/key-cap.tsx";
import { useShortcuts } from "#kit/desk/shortcuts.ts";
import { type Ground, GroundFields, groundFaults } from "./opinion-panel.tsx";
import { useCasesWords } from "./words.ts";

export interface DecisionDraft extends Ground {
  readonly grants: boolean;
}

export interface DecisionPanelProps {
  readonly value: DecisionDraft;
  /** False when a reviewer disagreed: then the law knows only refusal. */
  readonly grantable: boolean;
  readonly onChange: (value: DecisionDraft) => void;
  readonly busy: boolean;
  readonly onSubmit: () => void;
}

/** Grant, or refuse with article and reason; what the applicant will read stands beside it. */
export function DecisionPanel({ value, grantable, onChange, busy, onSubmit }: DecisionPanelProps): ReactNode {
  const words = useCasesWords();
  const [faults, setFaults] = useState<readonly FormFault[]>([]);
  function submit(): void {
    const found = value.grants ? [] : groundFaults(value, { article: words.decision.articleMissing, reason: words.decision.reasonMissing });
    setFaults(found);
    if (found.length === 0) onSubmit();
  }
  useShortcuts({ submit });
  return (
    <>
      <ErrorSummary faults={faults} />
      <div className="act-line">
        <Radio.Group
          aria-label={words.decision.title}
          value={value.grants}
          options={[
            { value: true, label: words.decision.grant, disabled: !grantable },
            { value: false, label: words.decision.refuse },
          ]}
          onChange={(event) => onChange({ ...value, grants: event.target.value === true })}
        />
        {grantable ? null : <span className="stop">{words.decision.disagreed}</span>}
      </div>
      {value.grants ? null : <GroundFields value={value} needed faults={faults} onChange={(ground) => onChange({ ...value, ...ground })} />}
      <p className="effect">{value.grants ? words.effect.grant : words.effect.refuse}</p>
      <div className="buttons">
        <Button type="primary" danger={!value.grants} loading={busy} onClick={submit}>
          {value.grants ? words.decision.submitGrant : words.decision.submitRefuse}
          <KeyCap name="submit" />
        </Button>
      </div>
    </>
  );
}
