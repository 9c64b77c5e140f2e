/**
 * UUIDs of RFC 9562. Streams are named by version 7: they begin with the time, so new rows land side by side in an
 * index. Time and randomness are given, so that this file stays pure and a test can fix both.
 */
export interface UuidSource {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** So many fresh random bytes, of cryptographic quality. */
  readonly random: (bytes: number) => Uint8Array;
}

const HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const COUNTER_LIMIT = 2 ** 32;

/**
 * A maker of version 7 UUIDs, each greater than the one before, also within a millisecond and when the clock is set back
 * (RFC 9562, 6.2 method 1): behind the time stands a counter of 32 bits that starts at random in its lower half in
 * each new millisecond, then 42 random bits. Two processes cannot meet but by chance of 2^-73.
 */
export function uuidv7Source({ now, random }: UuidSource): () => string {
  let time = -1;
  let counter = 0;
  return () => {
    const bytes = random(10);
    const at = Math.floor(now());
    if (at > time) {
      time = at;
      counter = ((bytes[6] ?? 0) & 0x7f) * 2 ** 24 + ((bytes[7] ?? 0) << 16) + ((bytes[8] ?? 0) << 8) + (bytes[9] ?? 0);
    } else {
      counter += 1;
      if (counter >= COUNTER_LIMIT) {
        time += 1;
        counter = 0;
      }
    }
    return uuidv7Text(time, counter, bytes);
  };
}

function uuidv7Text(time: number, counter: number, random: Uint8Array): string {
  const high = Math.floor(time / 2 ** 32);
  const low = time % 2 ** 32;
  const top = Math.floor(counter / 2 ** 20);
  const rest = counter % 2 ** 20;
  const bytes = new Uint8Array(16);
  bytes.set([high >>> 8, high, low >>> 24, low >>> 16, low >>> 8, low, 0x70 | (top >>> 8), top]);
  bytes.set([0x80 | (rest >>> 14), rest >>> 6, ((rest & 0x3f) << 2) | ((random[0] ?? 0) & 3)], 8);
  bytes.set(random.subarray(1, 6), 11);
  return uuidFromBytes(bytes);
}

/** The text of 16 bytes as they are, no version put in; throws RangeError on another length. */
export function uuidFromBytes(bytes: Uint8Array): string {
  if (bytes.length !== 16) throw new RangeError(`a UUID has 16 bytes, not ${bytes.length}`);
  let text = "";
  for (let i = 0; i < 16; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) text += "-";
    text += HEX[bytes[i] ?? 0] ?? "";
  }
  return text;
}

/** Lower case with dashes, as PostgreSQL prints it. */
export function isUuid(text: unknown): text is string {
  return typeof text === "string" && UUID.test(text);
}

/** The time in a version 7 UUID; throws RangeError on anything else. */
export function timeOfUuid(uuid: string): Date {
  if (!isUuid(uuid) || uuid[14] !== "7") throw new RangeError(`not a version 7 UUID: ${JSON.stringify(uuid)}`);
  return new Date(Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16));
}
