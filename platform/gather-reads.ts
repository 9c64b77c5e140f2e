interface Waiting<Row> {
  readonly resolve: (row: Row | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** Statements of one reader on their way at once: while one waits for its answer, the next may gather and go. */
const mostInFlight = 2;

/**
 * Point reads gathered: the keys asked for in one turn of the loop go out as one statement (`= any($1)`), the same key
 * once. Nothing is kept: the next turn asks the database again. With 64 callers a session costs a fortieth of a statement.
 */
export function gatherReads<Key, Row>(
  load: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Row>>,
  most = 500,
): (key: Key) => Promise<Row | undefined> {
  let waiting = new Map<Key, Waiting<Row>[]>();
  let inFlight = 0;
  let planned = false;

  function take(): Map<Key, Waiting<Row>[]> {
    if (waiting.size <= most) {
      const all = waiting;
      waiting = new Map();
      return all;
    }
    const taken = new Map([...waiting].slice(0, most));
    for (const key of taken.keys()) waiting.delete(key);
    return taken;
  }

  function send(): void {
    planned = false;
    if (waiting.size === 0 || inFlight >= mostInFlight) return;
    const batch = take();
    inFlight++;
    // `load` may throw before its promise: inside `then` that is a rejection like any other.
    void Promise.resolve()
      .then(() => load([...batch.keys()]))
      .then(
        (rows) => settle(batch, (one, key) => one.resolve(rows.get(key))),
        (error: unknown) => settle(batch, (one) => one.reject(error)),
      );
    if (waiting.size > 0) plan();
  }

  function settle(batch: ReadonlyMap<Key, readonly Waiting<Row>[]>, each: (one: Waiting<Row>, key: Key) => void): void {
    inFlight--;
    for (const [key, ones] of batch) for (const one of ones) each(one, key);
    if (waiting.size > 0) plan();
  }

  function plan(): void {
    if (planned) return;
    planned = true;
    setImmediate(send);
  }

  return (key) =>
    new Promise((resolve, reject) => {
      const ones = waiting.get(key);
      if (ones === undefined) waiting.set(key, [{ resolve, reject }]);
      else ones.push({ resolve, reject });
      plan();
    });
}
