import { posix } from "node:path";
import { comparePlanted, type Finding, isMain, lineAt, plantedTree, readTree, report, ROOT, type Tree } from "./gate.ts";
import { cycles } from "./walls/cycles.ts";
import { readSource, type SourceFile } from "./walls/read.ts";
import { areaOf, CLASS_FILES, matches, moduleOf, SQL_FILES, VAGUE_NAME } from "./walls/table.ts";

/**
 * Checks a tree against the table. Type-only imports count like any other, also in cycles: two files that need each other's types
 * cannot be read, moved or understood apart, and the first value import turns the ring into one at run time.
 */
export function walls(tree: Tree): readonly Finding[] {
  const findings: Finding[] = [];
  const graph = new Map<string, string[]>();
  const lines = new Map<string, number>();
  for (const [file, text] of tree) {
    const source = readSource(file, text);
    const targets: string[] = [];
    for (const { specifier, at } of source.imports) {
      const line = lineAt(text, at);
      const target = specifier === undefined ? undefined : resolve(file, specifier);
      findings.push(...checkImport(file, specifier, target, tree).map((fault) => ({ file, line, ...fault })));
      if (target === undefined) continue;
      targets.push(target);
      lines.set(`${file} ${target}`, line);
    }
    graph.set(file, targets);
    findings.push(...checkShape(file, text, source));
  }
  for (const ring of cycles(graph)) {
    const [file, next] = [ring[0] ?? "", ring[1] ?? ""];
    findings.push({ file, line: lines.get(`${file} ${next}`) ?? 1, rule: "cycle", message: ring.join(" → ") });
  }
  return findings;
}

/** The file that a relative or `#` specifier names, or undefined for a package. Specifiers are complete, so this is all there is. */
function resolve(file: string, specifier: string): string | undefined {
  const path = specifier.replace(/\?.*$/, "");
  if (path.startsWith(".")) return posix.join(posix.dirname(file), path);
  return path.startsWith("#") ? path.slice(1) : undefined;
}

type Fault = { readonly rule: string; readonly message: string };

function checkImport(file: string, specifier: string | undefined, target: string | undefined, tree: Tree): readonly Fault[] {
  const area = areaOf(file);
  if (area === undefined) return [{ rule: "no-area", message: "stands in no area of the table in scripts/walls/table.ts" }];
  if (specifier === undefined) {
    const free = area.name === "tools" || area.name === "apps" || area.name.endsWith("test");
    return free ? [] : [{ rule: "dynamic", message: "imports a computed name; the walls cannot see where it leads" }];
  }
  if (target === undefined) {
    if (specifier.startsWith("virtual:") || matches(specifier, area.packages)) return [];
    return [{ rule: "package", message: `${area.name} may not import the package ${specifier}` }];
  }
  if (!/\.[a-z]+$/.test(target)) return [{ rule: "incomplete", message: `${specifier}: write the whole file name with its ending` }];
  if (!tree.has(target) && /\.tsx?$/.test(target)) return [{ rule: "missing", message: `${specifier}: no such file` }];
  if (matches(target, area.may, moduleOf(file))) return [];
  return [{ rule: "wall", message: `${area.name} may not import ${target}` }];
}

function checkShape(file: string, text: string, source: SourceFile): readonly Finding[] {
  const findings = source.errors.map((message): Finding => ({ file, line: 1, rule: "syntax", message }));
  if (VAGUE_NAME.test(file)) findings.push({ file, line: 1, rule: "vague-name", message: "name the file after what it holds" });
  for (const { name, at } of source.classes) {
    if (name === "Problem" && CLASS_FILES.includes(file)) continue;
    findings.push({ file, line: lineAt(text, at), rule: "class", message: "the one class is Problem; write functions and plain values" });
  }
  if (matches(file, SQL_FILES)) return findings;
  for (const at of source.sql) {
    const message = "only store.ts, queries.ts and public.ts hold SQL";
    findings.push({ file, line: lineAt(text, at), rule: "sql", message });
  }
  return findings;
}

if (isMain(import.meta.filename)) {
  // sim/peers is other people's engines with its own package.json; it meets this project over HTTP only.
  const tree = readTree(ROOT, /^(?!sim\/peers\/).*\.tsx?$/);
  const planted = plantedTree("walls");
  report({ name: "walls", files: tree.size, findings: walls(tree), planted: comparePlanted(planted, walls(planted)) });
}
