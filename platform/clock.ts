/** The one place the time comes from. Law and tests get it as a fact; nothing else reads the system clock. */
export interface Clock {
  /** The instant, cut to milliseconds: `at timestamptz(3)` keeps exactly this. */
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock for tests and for the simulated city: it stands still until moved. */
export interface FixedClock extends Clock {
  set(instant: Date): void;
  advance(milliseconds: number): void;
}

export function fixedClock(start: Date): FixedClock {
  let at = start.getTime();
  return {
    now: () => new Date(at),
    set: (instant) => {
      at = instant.getTime();
    },
    advance: (milliseconds) => {
      at += milliseconds;
    },
  };
}
