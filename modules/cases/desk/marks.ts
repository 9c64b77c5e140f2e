/** What a clerk says of one material while checking it. */
export type Mark =
  | { readonly kind: "open" }
  | { readonly kind: "not_needed" }
  | { readonly kind: "accepted" }
  | { readonly kind: "missing" }
  | { readonly kind: "wrong"; readonly reason: string };

export type Marks = Readonly<Record<string, Mark>>;

export interface CheckedMaterial {
  readonly key: string;
  readonly necessity: string;
  readonly standard: { readonly zh: string };
  readonly file: object | null;
}

export interface Checking {
  readonly marks: Marks;
  /** Key of the material that the keys act on; null only when there are no materials. */
  readonly selected: string | null;
  /** True while the reason of "wrong" is being picked for the selected material. */
  readonly picking: boolean;
}

export type CheckingStep =
  | { readonly kind: "select"; readonly key: string }
  | { readonly kind: "move"; readonly by: 1 | -1 }
  | { readonly kind: "mark"; readonly as: "accepted" | "missing" | "wrong" }
  | { readonly kind: "reason"; readonly reason: string }
  | { readonly kind: "cancel" }
  | { readonly kind: "accept_rest" };

/** What was asked for only in some situations and was not given is not needed, unless the clerk says otherwise. */
export function beginChecking(materials: readonly CheckedMaterial[]): Checking {
  const begin = (material: CheckedMaterial): Mark =>
    material.file === null && material.necessity !== "required" ? { kind: "not_needed" } : { kind: "open" };
  return {
    marks: Object.fromEntries(materials.map((material) => [material.key, begin(material)])),
    selected: materials[0]?.key ?? null,
    picking: false,
  };
}

/** One press of a key on the list of materials, whose order is `keys`. */
export function check(checking: Checking, step: CheckingStep, keys: readonly string[]): Checking {
  switch (step.kind) {
    case "select":
      return { ...checking, selected: step.key, picking: checking.picking && step.key === checking.selected };
    case "move":
      return { ...checking, selected: neighbour(checking.selected, step.by, keys), picking: false };
    case "mark":
      if (step.as === "wrong") return { ...checking, picking: checking.selected !== null };
      return marked(checking, { kind: step.as }, keys);
    case "reason":
      return marked(checking, { kind: "wrong", reason: step.reason }, keys);
    case "cancel":
      return { ...checking, picking: false };
    case "accept_rest":
      return { ...checking, marks: acceptedRest(checking.marks), picking: false };
  }
}

/** After a mark the next material is selected: six materials are six presses. */
function marked(checking: Checking, mark: Mark, keys: readonly string[]): Checking {
  if (checking.selected === null) return checking;
  const marks = { ...checking.marks, [checking.selected]: mark };
  return { marks, selected: neighbour(checking.selected, 1, keys), picking: false };
}

function neighbour(selected: string | null, by: 1 | -1, keys: readonly string[]): string | null {
  const at = selected === null ? -1 : keys.indexOf(selected);
  return keys[Math.min(keys.length - 1, Math.max(0, at + by))] ?? selected;
}

function acceptedRest(marks: Marks): Marks {
  const entries = Object.entries(marks);
  return Object.fromEntries(entries.map(([key, mark]): [string, Mark] => [key, mark.kind === "open" ? { kind: "accepted" } : mark]));
}

export interface Verdict {
  /** Materials nobody has looked at yet: neither acceptance nor the one notice may go out before (Art. 32: all at once). */
  readonly open: number;
  readonly accepted: number;
  readonly defects: readonly { readonly material: string; readonly reason: string }[];
}

/** `missingReason` words the reason of a missing material from its standard. Reasons are in Chinese, the text of record. */
export function verdictOf(marks: Marks, materials: readonly CheckedMaterial[], missingReason: (standard: string) => string): Verdict {
  const defects: { readonly material: string; readonly reason: string }[] = [];
  let open = 0;
  let accepted = 0;
  for (const { key, standard } of materials) {
    const mark = marks[key] ?? { kind: "open" };
    if (mark.kind === "open") open += 1;
    if (mark.kind === "accepted") accepted += 1;
    if (mark.kind === "missing") defects.push({ material: key, reason: missingReason(standard.zh) });
    if (mark.kind === "wrong") defects.push({ material: key, reason: mark.reason });
  }
  return { open, accepted, defects };
}
