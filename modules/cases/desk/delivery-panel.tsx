import { Button, Input, Radio } from "antd";
import { type ReactNode, useState } from "react";
import { Field } from "#kit/desk/field.tsx";
import { KeyCap } from "#kit/desk/key-cap.tsx";
import { useShortcuts } from "#kit/desk/shortcuts.ts";
import type { DeliveryMeans } from "#modules/cases/law/state.ts";
import { useCasesWords } from "./words.ts";

const means: readonly DeliveryMeans[] = ["electronic", "window", "post"];

export interface DeliveryPanelProps {
  readonly busy: boolean;
  readonly onSubmit: (delivery: { readonly means: DeliveryMeans; readonly note: string }) => void;
}

/** How the decision reached the applicant (Art. 44). */
export function DeliveryPanel({ busy, onSubmit }: DeliveryPanelProps): ReactNode {
  const words = useCasesWords();
  const [chosen, choose] = useState<DeliveryMeans>("electronic");
  const [note, setNote] = useState("");
  const submit = () => onSubmit({ means: chosen, note: note.trim() });
  useShortcuts({ submit });
  return (
    <>
      <div className="act-line">
        <Radio.Group
          aria-label={words.delivery.means}
          value={chosen}
          options={means.map((one) => ({ value: one, label: words.delivery[one] }))}
          onChange={(event) => choose(event.target.value as DeliveryMeans)}
        />
      </div>
      <Field id="note" label={words.delivery.note}>
        <Input id="note" maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
      </Field>
      <p className="effect">{words.effect.deliver}</p>
      <div className="buttons">
        <Button type="primary" loading={busy} onClick={submit}>
          {words.delivery.submit}
          <KeyCap name="submit" />
        </Button>
      </div>
    </>
  );
}

/** Nothing is left to do but to file it. */
export function ClosingPanel({ busy, onSubmit }: { readonly busy: boolean; readonly onSubmit: () => void }): ReactNode {
  const words = useCasesWords();
  useShortcuts({ submit: onSubmit });
  return (
    <>
      <p className="effect">{words.effect.close}</p>
      <div className="buttons">
        <Button type="primary" loading={busy} onClick={onSubmit}>
          {words.closing.submit}
          <KeyCap name="submit" />
        </Button>
      </div>
    </>
  );
}
