import { setImmediate as nextTurn } from "node:timers/promises";

interface Waiting<Row> {
  readonly resolve: (row: Row | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Point reads gathered: the keys asked for in one turn of the loop, or while a statement is on its way, go out as one
 * statement (`= any($1)`), the same key once. Nothing is kept: the next turn asks the database again.
 */
export function gatherReads<Key, Row>(
  load: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Row>>,
  most = 500,
): (key: Key) => Promise<Row | undefined> {
  const waiting = new Map<Key, Waiting<Row>[]>();
  let running = false;

  async function pump(): Promise<void> {
    running = true;
    while (waiting.size > 0) {
      await nextTurn();
      await answerAll(load, takeSome(waiting, most));
    }
    running = false;
  }

  return (key) =>
    new Promise((resolve, reject) => {
      const ones = waiting.get(key);
      if (ones === undefined) waiting.set(key, [{ resolve, reject }]);
      else ones.push({ resolve, reject });
      if (!running) void pump();
    });
}

function takeSome<Key, Value>(waiting: Map<Key, Value>, most: number): ReadonlyMap<Key, Value> {
  const taken = new Map([...waiting].slice(0, most));
  for (const key of taken.keys()) waiting.delete(key);
  return taken;
}

async function answerAll<Key, Row>(
  load: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Row>>,
  batch: ReadonlyMap<Key, readonly Waiting<Row>[]>,
): Promise<void> {
  try {
    const rows = await load([...batch.keys()]);
    for (const [key, ones] of batch) for (const one of ones) one.resolve(rows.get(key));
  } catch (error) {
    for (const ones of batch.values()) for (const one of ones) one.reject(error);
  }
}
