import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isUuid, timeOfUuid, uuidFromBytes, uuidv7Source } from "./uuid.ts";

const at = Date.UTC(2026, 1, 12, 2, 30);
const zeros = (n: number): Uint8Array => new Uint8Array(n);
const ones = (n: number): Uint8Array => new Uint8Array(n).fill(255);

describe("UUIDs", () => {
  it("carries its time, version 7 and the variant of RFC 9562", () => {
    expect(uuidv7Source({ now: () => 0x017f22e279b0, random: zeros })()).toBe("017f22e2-79b0-7000-8000-000000000000");
    const uuid = uuidv7Source({ now: () => at, random: ones })();
    expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(timeOfUuid(uuid)).toEqual(new Date(at));
  });

  it("rises strictly, whatever the clock and the randomness do", () => {
    const bytes = fc.uint8Array({ minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: at, max: at + 3 }), bytes), { minLength: 2, maxLength: 60 }), (steps) => {
        let step = 0;
        const next = uuidv7Source({ now: () => steps[step]?.[0] ?? at, random: () => steps[step]?.[1] ?? zeros(10) });
        const made = steps.map(() => {
          const uuid = next();
          step += 1;
          return uuid;
        });
        expect(made.every(isUuid)).toBe(true);
        expect(made).toEqual([...new Set(made)].sort());
      }),
    );
  });

  it("keeps at least two thousand million numbers for one millisecond", () => {
    const next = uuidv7Source({ now: () => at, random: ones });
    const first = next();
    const last = Array.from({ length: 5000 }, next).at(-1) ?? "";
    expect(last > first).toBe(true);
    expect(timeOfUuid(last)).toEqual(new Date(at));
  });

  it("prints 16 bytes as they are", () => {
    expect(uuidFromBytes(Uint8Array.from({ length: 16 }, (_, i) => i * 17))).toBe("00112233-4455-6677-8899-aabbccddeeff");
    expect(() => uuidFromBytes(zeros(15))).toThrow(RangeError);
  });

  it("reads the time only from version 7 in lower case", () => {
    for (const text of ["", "017F22E2-79B0-7000-8000-000000000000", "00112233-4455-6677-8899-aabbccddeeff".replace("6677", "4677")]) {
      expect(() => timeOfUuid(text)).toThrow(RangeError);
    }
    expect(isUuid(null)).toBe(false);
  });
});
