import type { Clock } from "#platform/clock.ts";

/** A bucket of tokens that fills again with time. */
export interface LimitRule {
  readonly name: string;
  readonly burst: number;
  /** Tokens a second. */
  readonly refill: number;
}

/**
 * A hall's hundred counters share one network address, so the address has much and the person little. Sign-in is by
 * address and by name: see the modules that take it.
 */
export const limitRules = {
  address: { name: "address", burst: 1200, refill: 60 },
  person: { name: "person", burst: 300, refill: 10 },
  signInByAddress: { name: "sign-in address", burst: 60, refill: 0.5 },
  signInByName: { name: "sign-in name", burst: 5, refill: 1 / 60 },
} as const satisfies Readonly<Record<string, LimitRule>>;

export interface Limiter {
  /** Takes tokens; answers 0, or the seconds until there will be enough (and then takes none). */
  take(rule: LimitRule, key: string, cost?: number): number;
  /** Gives a key its whole burst again, as after a sign-in that succeeded. */
  forget(rule: LimitRule, key: string): void;
}

interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

/** Buckets kept at once; the one used longest ago goes first. 50,000 take about 8 MB. */
const mostBuckets = 50_000;

/** Limits of this process. `factor` multiplies every burst and refill; 0 switches limits off (benchmarks). */
export function createLimiter(clock: Clock, factor = 1): Limiter {
  const buckets = new Map<string, Bucket>();
  return {
    take: (rule, key, cost = 1) => {
      if (factor === 0) return 0;
      const id = `${rule.name} ${key}`;
      const now = clock.now().getTime();
      const known = buckets.get(id) ?? { tokens: rule.burst * factor, at: now };
      const filled = known.tokens + ((now - known.at) / 1000) * rule.refill * factor;
      const tokens = Math.min(rule.burst * factor, filled);
      const enough = tokens >= cost;
      buckets.delete(id);
      buckets.set(id, { tokens: enough ? tokens - cost : tokens, at: now });
      dropOldest(buckets);
      return enough ? 0 : (cost - tokens) / (rule.refill * factor);
    },
    forget: (rule, key) => {
      buckets.delete(`${rule.name} ${key}`);
    },
  };
}

function dropOldest(buckets: Map<string, Bucket>): void {
  if (buckets.size <= mostBuckets) return;
  const [oldest] = buckets.keys();
  if (oldest !== undefined) buckets.delete(oldest);
}
