import { caseNumber, type SerialBlock, serialBlock, takeSerial } from "#domain/case-number.ts";
import type { PlainDate } from "#domain/plain-date.ts";
import { takeSerials } from "#modules/cases/server/store.ts";
import type { Database } from "#platform/db.ts";

/** Serials taken at once by a process: one statement for so many cases. */
const blockSize = 50;

export interface CaseNumbers {
  /** The next case number of a division (六位区划) on a day. */
  next(division: string, day: PlainDate): Promise<string>;
}

/** Numbers from per-tenant blocks (architecture: no counter row inside an act). A block lost with its process leaves a gap. */
export function caseNumbers(db: Database): CaseNumbers {
  // The last taken serial of each division and day, as a chain: callers line up behind one another, not on a database row.
  const chains = new Map<string, Promise<Taken>>();

  async function take(division: string, day: PlainDate): Promise<number> {
    const key = `${division} ${day}`;
    const before = chains.get(key)?.catch(() => null) ?? Promise.resolve(null);
    const mine = before.then(async (taken) => takeSerial(taken?.rest ?? (await nextBlock(db, division, day))));
    chains.set(key, mine);
    return (await mine).serial;
  }

  return { next: async (division, day) => caseNumber({ division, date: day, serial: await take(division, day) }) };
}

type Taken = ReturnType<typeof takeSerial>;

async function nextBlock(db: Database, division: string, day: PlainDate): Promise<SerialBlock> {
  const block = serialBlock((await takeSerials(db, division, day, blockSize)) - blockSize, blockSize);
  if (block === null) throw new Error(`no case numbers left in ${division} on ${day}`);
  return block;
}
