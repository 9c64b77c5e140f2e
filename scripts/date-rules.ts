import { parseSync, Visitor } from "oxc-parser";
import { comparePlanted, type Finding, isMain, lineAt, plantedTree, readTree, report, ROOT, type Tree } from "./gate.ts";

/**
 * Modules take `now` from the clock port, the law takes it as a fact, a test fixes it: one that reads today's date passes today and
 * fails on a holiday. The platform's own time-outs and the programs round it may look at the machine's clock.
 */
const CLOCKLESS = /^(domain|modules)\/|\.test\.tsx?$/;
const PURE = /^(domain\/|modules\/[^/]+\/(law\/|api\.ts$))(?!.*\.test\.tsx?$)/;

export function dateRules(tree: Tree): readonly Finding[] {
  return [...tree].flatMap(([file, text]) => {
    if (!CLOCKLESS.test(file)) return [];
    const findings: Finding[] = [];
    const add = (rule: string, message: string, at: number): void => void findings.push({ file, line: lineAt(text, at), rule, message });
    new Visitor({
      NewExpression: ({ callee, arguments: given, start }) => {
        if (callee.type === "Identifier" && callee.name === "Date" && given.length === 0)
          add("today", "new Date() reads the machine's clock", start);
      },
      CallExpression: ({ callee, start }) => {
        if (callee.type === "Identifier" && callee.name === "Date") add("today", "Date() reads the machine's clock", start);
        if (callee.type !== "MemberExpression" || callee.object.type !== "Identifier" || callee.property.type !== "Identifier") return;
        const name = `${callee.object.name}.${callee.property.name}`;
        if (name === "Date.now") add("today", "Date.now() reads the machine's clock; performance.now() measures", start);
        if (name === "Math.random" && PURE.test(file)) add("chance", "the law is a function of its facts: no randomness", start);
      },
    }).visit(parseSync(file, text).program);
    return findings;
  });
}

if (isMain(import.meta.filename)) {
  const tree = readTree(ROOT, /^(?!sim\/peers\/).*\.tsx?$/);
  const planted = plantedTree("date-rules");
  report({ name: "date rules", files: tree.size, findings: dateRules(tree), planted: comparePlanted(planted, dateRules(planted)) });
}
