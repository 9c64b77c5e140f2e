import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { comparePlanted, type Finding, isMain, plantedTree, report, ROOT } from "./gate.ts";

const FIXTURES = "scripts/fixtures/lint";

type Diagnostic = {
  readonly message: string;
  readonly code: string;
  readonly severity: "error" | "warning" | "advice";
  readonly filename: string;
  readonly labels: readonly { readonly span: { readonly line: number } }[];
};
type Linted = { readonly diagnostics: readonly Diagnostic[]; readonly number_of_files: number };

/** Runs oxlint with types; `errors` are findings, warnings (a long function) are only counted. Throws when oxlint itself fails. */
function oxlint(
  config: string,
  paths: readonly string[],
): { readonly findings: readonly Finding[]; readonly warnings: number; readonly files: number } {
  const binary = join(ROOT, "node_modules/.bin/oxlint");
  const args = ["--type-aware", "--config", config, "--format", "json", ...paths];
  const { stdout, stderr } = spawnSync(binary, args, { cwd: ROOT, encoding: "utf8", maxBuffer: 1 << 28 });
  const start = stdout.indexOf("{");
  if (start < 0) throw new Error(`oxlint gave no result: ${stdout}${stderr}`);
  const { diagnostics, number_of_files } = JSON.parse(stdout.slice(start)) as Linted;
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const findings = errors.map(({ filename, labels, code, message }): Finding => {
    const rule = /\(([^)]+)\)$/.exec(code)?.[1] ?? code;
    return { file: filename, line: labels[0]?.span.line ?? 1, rule, message };
  });
  return { findings, warnings: diagnostics.length - errors.length, files: number_of_files };
}

/** The project's own rules over the planted files, which the project's configuration leaves out. */
function lintPlanted(): readonly Finding[] {
  const { $schema: _, ...config } = JSON.parse(readFileSync(join(ROOT, ".oxlintrc.json"), "utf8")) as Readonly<Record<string, unknown>>;
  const folder = mkdtempSync(join(tmpdir(), "yichuang-lint-"));
  try {
    const path = join(folder, "oxlintrc.json");
    writeFileSync(path, JSON.stringify({ ...config, ignorePatterns: [] }));
    return oxlint(path, [FIXTURES]).findings.map((finding) => ({ ...finding, file: finding.file.slice(FIXTURES.length + 1) }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (isMain(import.meta.filename)) {
  const { findings, warnings, files } = oxlint(".oxlintrc.json", []);
  if (warnings > 0) console.log(`${warnings} warnings: node_modules/.bin/oxlint --type-aware shows them`);
  report({ name: "lint", files, findings, planted: comparePlanted(plantedTree("lint"), lintPlanted()) });
}
