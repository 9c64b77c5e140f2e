import { verdictOnItemCode } from "#domain/identifiers/item-code.ts";
import { verdictOnLicenceId } from "#domain/identifiers/licence-id.ts";
import { verdictOnOrganisationCode } from "#domain/identifiers/organisation-code.ts";
import { verdictOnResidentId } from "#domain/identifiers/resident-id.ts";
import { verdictOnUscc } from "#domain/identifiers/uscc.ts";
import type { Verdict } from "#domain/identifiers/verdict.ts";
import { type PlainDate, plainDateOf } from "#domain/plain-date.ts";

/** Each call of `out` and `err` is one line, without its end. */
export interface CheckIdIo {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** The present moment, the machine's unless given: an identity number may not carry a birth date after it. */
  readonly now?: () => Date;
}

const USAGE = [
  "用法：yichuang check-id uscc|id|org|item|licence 号码",
  "Usage: yichuang check-id uscc|id|org|item|licence CODE",
  "  yichuang check-id uscc 91330100799655058B",
];

/** Prints the verdict on an identifier and the rule it breaks. Exit code 0 when valid, 1 when not, 2 for wrong usage. */
export async function checkId(args: readonly string[], io: CheckIdIo): Promise<number> {
  const [kind = "", ...words] = args;
  // A code typed with spaces arrives as several words.
  const code = words.join(" ");
  const verdict = code.trim() === "" ? null : verdictOn(kind, code, plainDateOf(io.now?.() ?? new Date()));
  if (verdict === null) {
    for (const line of USAGE) io.err(line);
    return 2;
  }
  for (const line of linesOf(verdict)) io.out(line);
  return verdict.valid ? 0 : 1;
}

function verdictOn(kind: string, code: string, today: PlainDate): Verdict<string> | null {
  switch (kind) {
    case "uscc":
      return verdictOnUscc(code);
    case "id":
      return verdictOnResidentId(code, today);
    case "org":
      return verdictOnOrganisationCode(code);
    case "item":
      return verdictOnItemCode(code);
    case "licence":
      return verdictOnLicenceId(code);
    default:
      return null;
  }
}

function linesOf(verdict: Verdict<string>): readonly string[] {
  if (!verdict.valid) return [`无效 invalid  规则 rule: ${verdict.rule}`, verdict.zh, verdict.en];
  const { valid: _valid, normalised, ...facts } = verdict;
  const shown = Object.entries(facts).filter(([, fact]) => fact !== null);
  return [`有效 valid  ${normalised}`, ...shown.map(([name, fact]) => `  ${name}: ${String(fact)}`)];
}
