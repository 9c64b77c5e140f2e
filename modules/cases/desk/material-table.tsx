import { Button, Input } from "antd";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { KeyCap } from "#kit/desk/key-cap.tsx";
import { useText } from "#kit/desk/language.tsx";
import { singleKeysOn } from "#kit/desk/shortcuts.ts";
import type { Checking, CheckingStep, Mark } from "./marks.ts";
import { type Material, MaterialSource } from "./material-source.tsx";
import { casesDeskWordsZh } from "./words.zh.ts";
import { useCasesWords } from "./words.ts";

export interface MaterialTableProps {
  readonly materials: readonly Material[];
  readonly checking: Checking;
  readonly onStep: (step: CheckingStep) => void;
}

/** The checklist. Keys act on the selected row; the buttons in it do the same for the mouse. */
export function MaterialTable({ materials, checking, onStep }: MaterialTableProps): ReactNode {
  const words = useCasesWords();
  if (materials.length === 0) return <p className="empty">{words.file.noMaterials}</p>;
  return (
    <table className="plain checking" aria-label={words.checking.title}>
      <thead>
        <tr>
          <th scope="col">{words.checking.material}</th>
          <th scope="col">{words.checking.source}</th>
          <th scope="col">{words.checking.state}</th>
        </tr>
      </thead>
      <tbody>
        {materials.map((material) => (
          <MaterialRow key={material.key} material={material} checking={checking} onStep={onStep} />
        ))}
      </tbody>
    </table>
  );
}

type RowProps = Pick<MaterialTableProps, "checking" | "onStep"> & { readonly material: Material };

function MaterialRow({ material, checking, onStep }: RowProps): ReactNode {
  const words = useCasesWords();
  const text = useText();
  const selected = checking.selected === material.key;
  const row = useSelectedFocus(selected && !checking.picking);
  const picking = selected && checking.picking;
  return (
    <>
      <tr ref={row} tabIndex={selected ? 0 : -1} aria-current={selected} onClick={() => onStep({ kind: "select", key: material.key })}>
        <td>
          <b>{text(material.name)}</b>
          {selected ? (
            <p className="hint">
              {necessityWord(material.necessity, words.checking)} · {text(material.standard)}
            </p>
          ) : null}
          {selected && !picking ? <MarkButtons onStep={onStep} /> : null}
        </td>
        <td>
          <MaterialSource material={material} />
        </td>
        <td>
          <MarkTag mark={checking.marks[material.key] ?? { kind: "open" }} />
        </td>
      </tr>
      {picking ? (
        <tr aria-current>
          <td colSpan={3}>
            <ReasonPicker onStep={onStep} />
          </td>
        </tr>
      ) : null}
    </>
  );
}

/** The focus follows the selection, so that it is spoken and scrolled into sight, but it is not taken when the page opens. */
function useSelectedFocus(selected: boolean) {
  const row = useRef<HTMLTableRowElement>(null);
  const before = useRef(selected);
  useEffect(() => {
    if (selected && !before.current) row.current?.focus();
    before.current = selected;
  }, [selected]);
  return row;
}

function necessityWord(
  necessity: string,
  words: { readonly required: string; readonly conditional: string; readonly optional: string },
): string {
  if (necessity === "required") return words.required;
  return necessity === "conditional" ? words.conditional : words.optional;
}

function MarkButtons({ onStep }: Pick<RowProps, "onStep">): ReactNode {
  const words = useCasesWords();
  return (
    <div className="marks">
      <Button size="small" onClick={() => onStep({ kind: "mark", as: "accepted" })}>
        <KeyCap name="markAccepted" /> {words.checking.keys.accepted}
      </Button>
      <Button size="small" onClick={() => onStep({ kind: "mark", as: "missing" })}>
        <KeyCap name="markMissing" /> {words.checking.keys.missing}
      </Button>
      <Button size="small" onClick={() => onStep({ kind: "mark", as: "wrong" })}>
        <KeyCap name="markWrong" /> {words.checking.keys.wrong}
      </Button>
    </div>
  );
}

/**
 * Why a material is wrong: a number picks, or it is written out. What is kept is Chinese, as the notice is; the buttons show the
 * reader's language.
 */
function ReasonPicker({ onStep }: Pick<RowProps, "onStep">): ReactNode {
  const words = useCasesWords();
  const [written, setWritten] = useState("");
  const pick = (reason: string) => onStep({ kind: "reason", reason });
  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (event.nativeEvent.isComposing) return;
    const typing = event.target instanceof HTMLInputElement;
    const code = typing || !singleKeysOn() ? undefined : reasonCodes[Number(event.key) - 1];
    if (event.key === "Escape") onStep({ kind: "cancel" });
    else if (code !== undefined) pick(casesDeskWordsZh.reasons[code]);
    else if (event.key === "Enter" && typing && written.trim().length >= 2) pick(written.trim());
    else return;
    event.preventDefault();
  }
  return (
    <div className="reason-picker">
      <b>{words.checking.reasonLabel}</b>
      <div className="marks">
        {reasonCodes.map((code, at) => (
          <Button key={code} size="small" autoFocus={at === 0} onKeyDown={onKeyDown} onClick={() => pick(casesDeskWordsZh.reasons[code])}>
            <kbd aria-hidden="true">{at + 1}</kbd> {words.reasons[code]}
          </Button>
        ))}
      </div>
      <Input
        aria-label={words.checking.reasonHint}
        placeholder={words.checking.reasonHint}
        maxLength={200}
        value={written}
        onKeyDown={onKeyDown}
        onChange={(event) => setWritten(event.target.value)}
      />
    </div>
  );
}

const reasonCodes = Object.keys(casesDeskWordsZh.reasons) as (keyof typeof casesDeskWordsZh.reasons)[];

function MarkTag({ mark }: { readonly mark: Mark }): ReactNode {
  const words = useCasesWords();
  switch (mark.kind) {
    case "open":
      return <span className="tag tag-open">{words.checking.open}</span>;
    case "not_needed":
      return <span className="tag tag-info">{words.checking.notNeeded}</span>;
    case "accepted":
      return <span className="tag tag-ok">{words.checking.accepted}</span>;
    case "missing":
      return <span className="tag tag-warn">{words.checking.missing}</span>;
    case "wrong":
      return <span className="tag tag-no wrap">{words.checking.wrong(mark.reason)}</span>;
  }
}
