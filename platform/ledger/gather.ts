/**
 * Gathering: while one run is in flight, what arrives waits and goes together into the next (architecture 3).
 * Nothing is delayed on purpose: alone, a piece of work goes at once; under load the batch grows by itself.
 */
export interface Gatherer<Work, Outcome> {
  submit(work: Work): Promise<Outcome>;
}

interface Waiting<Work, Outcome> {
  readonly work: Work;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * `run` answers one outcome per piece, in order. `keysOf` names what two pieces of one batch must not share
 * (a stream, an act): the later one waits for the next batch. If a batch fails its pieces are rerun one by one,
 * so one bad piece cannot take the others with it.
 */
export function gather<Work, Outcome>(
  run: (batch: readonly Work[]) => Promise<readonly Outcome[]>,
  keysOf: (work: Work) => readonly string[],
  most: number,
): Gatherer<Work, Outcome> {
  let waiting: Waiting<Work, Outcome>[] = [];
  let running = false;

  function takeBatch(): readonly Waiting<Work, Outcome>[] {
    const taken: Waiting<Work, Outcome>[] = [];
    const left: Waiting<Work, Outcome>[] = [];
    const used = new Set<string>();
    for (const piece of waiting) {
      const keys = keysOf(piece.work);
      if (taken.length >= most || keys.some((key) => used.has(key))) {
        left.push(piece);
        continue;
      }
      for (const key of keys) used.add(key);
      taken.push(piece);
    }
    waiting = left;
    return taken;
  }

  async function runBatch(batch: readonly Waiting<Work, Outcome>[]): Promise<void> {
    try {
      const outcomes = await run(batch.map(({ work }) => work));
      for (const [index, piece] of batch.entries()) piece.resolve(outcomes[index] as Outcome);
    } catch (error) {
      const [only] = batch;
      if (batch.length === 1 && only !== undefined) return only.reject(error);
      for (const piece of batch) await runBatch([piece]);
    }
  }

  async function pump(): Promise<void> {
    running = true;
    while (waiting.length > 0) await runBatch(takeBatch());
    running = false;
  }

  return {
    submit: (work) =>
      new Promise((resolve, reject) => {
        waiting.push({ work, resolve, reject });
        if (!running) void pump();
      }),
  };
}
