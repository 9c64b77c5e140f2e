/**
 * Gathering: while runs are in flight, what arrives waits and goes together into the next (architecture 3).
 * Nothing is delayed on purpose: alone, a piece of work goes at once; under load the batch grows by itself.
 */
export interface Gatherer<Work, Outcome> {
  readonly submit: (work: Work) => Promise<Outcome>;
}

export interface GatherLimits<Work> {
  /** The most pieces of one batch. */
  readonly most: number;
  /** How many batches may be in flight at once; 1 if absent. */
  readonly abreast?: number;
  /** What two pieces of one batch must not share: the later one waits for a later batch. */
  readonly apart?: (work: Work) => string;
  /** What two pieces of different batches in flight must not share: the later one waits until the other has come back. */
  readonly held?: (work: Work) => readonly string[];
}

interface Waiting<Work, Outcome> {
  readonly work: Work;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * `run` answers one outcome per piece, in order. If a batch fails its pieces are rerun one by one, so one bad piece
 * cannot take the others with it.
 */
export function gather<Work, Outcome>(
  run: (batch: readonly Work[]) => Promise<readonly Outcome[]>,
  { most, abreast = 1, apart, held }: GatherLimits<Work>,
): Gatherer<Work, Outcome> {
  type Batch = readonly Waiting<Work, Outcome>[];
  let waiting: Waiting<Work, Outcome>[] = [];
  let flying = 0;
  const inFlight = new Set<string>();

  const isHeld = (work: Work): boolean => inFlight.size > 0 && held !== undefined && held(work).some((key) => inFlight.has(key));

  function takeBatch(): Batch {
    const taken: Waiting<Work, Outcome>[] = [];
    const left: Waiting<Work, Outcome>[] = [];
    const used = new Set<string>();
    for (const piece of waiting) {
      const key = apart?.(piece.work);
      if (taken.length >= most || (key !== undefined && used.has(key)) || isHeld(piece.work)) {
        left.push(piece);
        continue;
      }
      if (key !== undefined) used.add(key);
      taken.push(piece);
    }
    waiting = left;
    return taken;
  }

  async function runBatch(batch: Batch): Promise<void> {
    try {
      const outcomes = await run(batch.map(({ work }) => work));
      for (const [index, piece] of batch.entries()) piece.resolve(outcomes[index] as Outcome);
    } catch (error) {
      const [only] = batch;
      if (batch.length === 1 && only !== undefined) return only.reject(error);
      for (const piece of batch) await runBatch([piece]);
    }
  }

  async function fly(batch: Batch): Promise<void> {
    const locks = held === undefined ? [] : batch.flatMap(({ work }) => held(work));
    flying += 1;
    for (const lock of locks) inFlight.add(lock);
    await runBatch(batch);
    for (const lock of locks) inFlight.delete(lock);
    flying -= 1;
    start();
  }

  function start(): void {
    while (flying < abreast && waiting.length > 0) {
      const batch = takeBatch();
      if (batch.length === 0) return;
      void fly(batch);
    }
  }

  return {
    submit: (work) =>
      new Promise((resolve, reject) => {
        waiting.push({ work, resolve, reject });
        start();
      }),
  };
}
