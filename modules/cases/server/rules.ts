import type { Period } from "#domain/working-days.ts";
import type { ItemContent, ItemStep } from "#modules/catalog/api.ts";
import type { ItemRules } from "#modules/cases/law/state.ts";

/**
 * What the law needs of a published item version. `organisationOf` turns an organisation's key into its id; a step without
 * a key belongs to the body that decides.
 */
export function rulesOf(content: ItemContent, decidingBody: string, organisationOf: (key: string) => string): ItemRules {
  const bodyOf = (step: ItemStep | undefined) => {
    const key = step?.organisation ?? null;
    return key === null ? decidingBody : organisationOf(key);
  };
  const stepOf = (kind: ItemStep["kind"]) => content.steps.find((step) => step.kind === kind);
  return {
    legalLimit: periodOf(content.legalLimit),
    promisedLimit: periodOf(content.promisedLimit),
    materials: content.materials.map(({ key }) => key),
    acceptBy: bodyOf(stepOf("accept")),
    reviewSteps: content.steps
      .filter(({ kind }) => kind === "review")
      .map((step) => ({ key: step.key, organisation: bodyOf(step), limit: periodOf(step.limit) })),
    decidedBy: bodyOf(stepOf("decide")),
    deliveredBy: bodyOf(stepOf("deliver")),
  };
}

function periodOf({ amount, unit }: { readonly amount: number; readonly unit: Period["unit"] }): Period {
  return { amount, unit };
}

/** Organisations that take part, the deciding body first; each once. */
export function partiesOf(rules: ItemRules, decidingBody: string): readonly string[] {
  const all = [
    decidingBody,
    rules.acceptBy,
    ...rules.reviewSteps.map(({ organisation }) => organisation),
    rules.decidedBy,
    rules.deliveredBy,
  ];
  return [...new Set(all)];
}
