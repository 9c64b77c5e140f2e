import type { Loaded } from "#platform/ledger/store.ts";

/**
 * Last-written states of this process, bounded. A stale hit is harmless: the version guard of the append makes it a
 * lost race, and a refusal decided on a cached state is decided once more on a fresh one.
 */
export interface StateCache {
  readonly get: (key: string) => Loaded<unknown> | undefined;
  readonly put: (key: string, loaded: Loaded<unknown>) => void;
  readonly drop: (key: string) => void;
}

export function stateCache(most: number): StateCache {
  const held = new Map<string, Loaded<unknown>>();
  return {
    get: (key) => {
      const found = held.get(key);
      if (found === undefined) return undefined;
      held.delete(key);
      held.set(key, found);
      return found;
    },
    put: (key, loaded) => {
      held.delete(key);
      held.set(key, loaded);
      if (held.size <= most) return;
      const [oldest] = held.keys();
      if (oldest !== undefined) held.delete(oldest);
    },
    drop: (key) => {
      held.delete(key);
    },
  };
}
