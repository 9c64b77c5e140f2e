import { hash, verify } from "@node-rs/argon2";
import { problemLater } from "#platform/problem.ts";

/** Argon2id, 19 MiB, two passes, one lane (OWASP; ASVS 11.4.2). The parameters stand in each hash. */
const argon2id = 2;
const parameters = { algorithm: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Two cores: more at once would only starve everything else, and 19 MiB each. */
const mostAtOnce = 2;
/** Some 30 ms each: who would wait longer than a second is better told to come again. */
const mostWaiting = 64;

export interface Passwords {
  hash(password: string): Promise<string>;
  /** False also for null (nobody of that name), after the same work: the time does not tell whether an account exists. */
  verify(storedHash: string | null, password: string): Promise<boolean>;
  /** True if the hash was made with other parameters; hash anew after a sign-in that succeeded. */
  isOld(storedHash: string): boolean;
}

export function createPasswords(): Passwords {
  const queued = queue(mostAtOnce, mostWaiting);
  // A hash of no password that anybody knows, made once.
  let nobody: Promise<string> | null = null;
  return {
    hash: (password) => queued(() => hash(password, parameters)),
    verify: (storedHash, password) =>
      queued(async () => {
        nobody ??= hash(crypto.randomUUID(), parameters);
        const right = await verify(storedHash ?? (await nobody), password);
        return right && storedHash !== null;
      }),
    isOld: (storedHash) =>
      !storedHash.startsWith(`$argon2id$v=19$m=${parameters.memoryCost},t=${parameters.timeCost},p=${parameters.parallelism}$`),
  };
}

/** Runs so many at once and lets so many wait; the next gets a 503 with Retry-After. */
export function queue(atOnce: number, waitingMost: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= atOnce) {
      if (waiting.length >= waitingMost) throw problemLater("busy", 2);
      // Whoever ends hands its place on, so `running` does not change while somebody waits.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
