import type { CaseCommand, CaseEntryType, CaseStatus } from "#modules/cases/law/state.ts";

/**
 * The move table: the procedure of the Administrative Licensing Law as data (domain 1 and 3.3). `decide`, the screens and
 * the tests are made from it. A subset of the final table: what is here never needs to be unwritten.
 */
export interface Move {
  readonly from: readonly (CaseStatus | "none")[];
  readonly command: CaseCommand["kind"];
  readonly to: CaseStatus;
  readonly entry: CaseEntryType;
  readonly who: "applicant" | "clerk" | "reviewer" | "decider" | "issuer";
  /** Articles of 行政许可法 (2003, amended 2019) unless another law is named. */
  readonly article: string;
}

export const moves: readonly Move[] = [
  { from: ["none"], command: "receive", to: "received", entry: "case.received", who: "applicant", article: "第二十九条、第三十二条第二款" },
  {
    from: ["received"],
    command: "require_correction",
    to: "correcting",
    entry: "case.correction_required",
    who: "clerk",
    article: "第三十二条第一款第四项",
  },
  {
    from: ["correcting"],
    command: "supply_correction",
    to: "received",
    entry: "case.correction_supplied",
    who: "applicant",
    article: "第三十二条第一款第五项",
  },
  {
    from: ["received"],
    command: "not_accept",
    to: "not_accepted",
    entry: "case.not_accepted",
    who: "clerk",
    article: "第三十二条第一款第一、二项",
  },
  { from: ["received"], command: "accept", to: "accepted", entry: "case.accepted", who: "clerk", article: "第三十二条第一款第五项" },
  { from: ["accepted"], command: "review", to: "accepted", entry: "case.reviewed", who: "reviewer", article: "第三十四条" },
  { from: ["accepted"], command: "grant", to: "granted", entry: "case.granted", who: "decider", article: "第三十七条、第三十八条第一款" },
  { from: ["accepted"], command: "refuse", to: "refused", entry: "case.refused", who: "decider", article: "第三十八条第二款" },
  { from: ["granted", "refused"], command: "deliver", to: "delivered", entry: "case.delivered", who: "issuer", article: "第四十四条" },
  { from: ["delivered"], command: "close", to: "closed", entry: "case.closed", who: "issuer", article: "第四十条、第六十一条" },
  {
    from: ["received", "correcting", "accepted"],
    command: "withdraw",
    to: "withdrawn",
    entry: "case.withdrawn",
    who: "applicant",
    article: "申请人可在决定作出前撤回申请",
  },
];

/** The move a command makes from a status, or null if the law has none. */
export function moveOf(status: CaseStatus | "none", command: CaseCommand["kind"]): Move | null {
  return moves.find((move) => move.command === command && move.from.includes(status)) ?? null;
}

export function movesFrom(status: CaseStatus): readonly Move[] {
  return moves.filter(({ from }) => from.includes(status));
}

const statusByEntry: ReadonlyMap<string, CaseStatus> = new Map(moves.map(({ entry, to }) => [entry, to]));

/** The status after an entry; every entry type of a case leads to exactly one. */
export function statusAfter(entry: string): CaseStatus {
  const status = statusByEntry.get(entry);
  if (status === undefined) throw new Error(`no move writes ${entry}`);
  return status;
}
