import { Value } from "typebox/value";
import { Condition, questionsOf } from "#domain/conditions.ts";
import { ItemContent, type Limit } from "../api.ts";

/** What keeps a content from being stored: where, and which rule. */
export interface ContentFault {
  readonly at: string;
  readonly rule:
    | "shape"
    | "condition"
    | "question_unknown"
    | "question_later"
    | "key_repeated"
    | "promise_longer"
    | "same_phone"
    | "visit_reason";
}

/**
 * Every fault of a content. A condition may only ask what was asked before it: a form is read from the top. The rules on
 * promises, telephones and visits are those by which a province audits its lists (domain 2.4, rules 4 and 8).
 */
export function contentFaults(content: unknown): readonly ContentFault[] {
  if (!Value.Check(ItemContent, content)) {
    const [first] = Value.Errors(ItemContent, content);
    return [{ at: first?.instancePath ?? "", rule: "shape" }];
  }
  return [...conditionFaults(content), ...keyFaults(content), ...auditFaults(content)];
}

interface Placed {
  readonly at: string;
  readonly condition: unknown;
  /** Questions asked before it. */
  readonly before: ReadonlySet<string>;
}

function conditionFaults(content: ItemContent): readonly ContentFault[] {
  const pages = content.form?.pages ?? [];
  const all = new Set(pages.flatMap(({ questions }) => questions.map(({ key }) => key)));
  const asked = new Set<string>();
  const placed: Placed[] = [];
  for (const page of pages) {
    placed.push({ at: `form/${page.key}`, condition: page.when, before: new Set(asked) });
    for (const question of page.questions) {
      placed.push({ at: `form/${page.key}/${question.key}`, condition: question.when, before: new Set(asked) });
      asked.add(question.key);
    }
  }
  for (const material of content.materials) placed.push({ at: `materials/${material.key}`, condition: material.requiredWhen, before: all });
  return placed.flatMap((one) => (one.condition === undefined || one.condition === null ? [] : faultsOfCondition(one, all)));
}

function faultsOfCondition({ at, condition, before }: Placed, all: ReadonlySet<string>): readonly ContentFault[] {
  if (!Value.Check(Condition, condition)) return [{ at, rule: "condition" }];
  return questionsOf(condition).flatMap((question): readonly ContentFault[] => {
    if (!all.has(question)) return [{ at, rule: "question_unknown" }];
    return before.has(question) ? [] : [{ at, rule: "question_later" }];
  });
}

function keyFaults({ form, materials, steps }: ItemContent): readonly ContentFault[] {
  const lists = {
    questions: (form?.pages ?? []).flatMap(({ questions }) => questions.map(({ key }) => key)),
    pages: (form?.pages ?? []).map(({ key }) => key),
    materials: materials.map(({ key }) => key),
    steps: steps.map(({ key }) => key),
  };
  return Object.entries(lists).flatMap(([at, keys]) => (new Set(keys).size === keys.length ? [] : [{ at, rule: "key_repeated" as const }]));
}

function auditFaults(content: ItemContent): readonly ContentFault[] {
  const faults: ContentFault[] = [];
  if (days(content.promisedLimit) > days(content.legalLimit)) faults.push({ at: "promisedLimit", rule: "promise_longer" });
  if (content.consult === content.complain) faults.push({ at: "complain", rule: "same_phone" });
  if (content.visits > 0 && content.visitReason === null) faults.push({ at: "visitReason", rule: "visit_reason" });
  return faults;
}

/**
 * Roughly, in days, so that limits in different units can be compared: five working days are seven days. A promise in
 * another unit that is shorter only by a holiday is let through; the clock of the case counts exactly.
 */
function days({ amount, unit }: Limit): number {
  switch (unit) {
    case "on-the-spot":
      return 0;
    case "hour":
      return amount / 24;
    case "workday":
      return (amount * 7) / 5;
    case "day":
      return amount;
    case "month":
      return amount * 30;
  }
}
