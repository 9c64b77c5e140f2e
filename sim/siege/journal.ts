import { closeSync, fdatasyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { actOf } from "#platform/act.ts";

/** What somebody is about to ask of the platform. `key` is its idempotency key. */
export interface Intent {
  readonly key: string;
  /** Name of the endpoint, as the ledger's act is made of it. */
  readonly endpoint: string;
  readonly actor: string;
  readonly path: string;
  readonly body: object;
}

export interface Answered {
  readonly key: string;
  readonly status: number;
  readonly body: unknown;
}

/**
 * The driver's own record, flushed to disk line by line: the intent before the act is sent, the answer when it has come.
 * What the platform acknowledged is judged by this file and not by the platform.
 */
export interface Journal {
  intend(intent: Intent): void;
  answered(answer: Answered): void;
  close(): void;
}

export function openJournal(file: string): Journal {
  const handle = openSync(file, "a");
  const append = (line: object): void => {
    writeSync(handle, `${JSON.stringify(line)}\n`);
    fdatasyncSync(handle);
  };
  return {
    intend: (intent) => append({ intent }),
    answered: (answer) => append({ answer }),
    close: () => closeSync(handle),
  };
}

export interface JournalledAct extends Intent {
  /** Id of the act in the ledger. */
  readonly act: string;
  readonly answer: Answered | null;
}

export function readJournal(file: string): readonly JournalledAct[] {
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as { readonly intent?: Intent; readonly answer?: Answered });
  const answers = new Map(lines.flatMap(({ answer }) => (answer === undefined ? [] : [[answer.key, answer] as const])));
  return lines.flatMap(({ intent }) =>
    intent === undefined ? [] : [{ ...intent, act: actIdOf(intent), answer: answers.get(intent.key) ?? null }],
  );
}

function actIdOf({ actor, endpoint, key }: Intent): string {
  // Only id, endpoint and key go into an act's id.
  return actOf({ actor: { kind: "citizen", id: actor, maskedName: "" }, name: endpoint, key, request: {}, now: new Date(0) }).id;
}
