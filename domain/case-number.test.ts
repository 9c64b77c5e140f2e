import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  caseNumber,
  caseNumberCheck,
  LAST_SERIAL,
  QUERY_CODE_ALPHABET,
  queryCode,
  serialBlock,
  takeSerial,
  verdictOnCaseNumber,
} from "./case-number.ts";
import { dateOfDayNumber, dayNumberOf, plainDate } from "./plain-date.ts";

const parts = fc.record({
  division: fc.stringMatching(/^\d{6}$/),
  date: fc.integer({ min: dayNumberOf(plainDate("2000-01-01")), max: dayNumberOf(plainDate("2099-12-31")) }).map(dateOfDayNumber),
  serial: fc.integer({ min: 1, max: LAST_SERIAL }),
});

// ISO 7064 MOD 11,10 the slow way: the digit for which the whole chain ends in 1.
const naiveCheck = (body: string): string => {
  const ends = (text: string): boolean => {
    let p = 10;
    const digits = [...text].map(Number);
    digits.slice(0, -1).forEach((d) => {
      p = (((p + d) % 10 === 0 ? 10 : (p + d) % 10) * 2) % 11;
    });
    return (p + (digits.at(-1) ?? 0)) % 10 === 1;
  };
  return "0123456789".split("").find((digit) => ends(body + digit)) ?? "none";
};

describe("case numbers", () => {
  it("is made of division, date, serial and check digit", () => {
    const number = caseNumber({ division: "340603", date: plainDate("2026-02-12"), serial: 17 });
    expect(number).toMatch(/^340603260212000017\d$/);
    expect(verdictOnCaseNumber(number)).toEqual({ valid: true, normalised: number, division: "340603", date: "2026-02-12", serial: 17 });
  });

  it("uses the check digit of ISO 7064 MOD 11,10, with the standard's example", () => {
    expect(caseNumberCheck("0794")).toBe("5");
    fc.assert(
      fc.property(fc.stringMatching(/^\d{18}$/), (body) => {
        expect(caseNumberCheck(body)).toBe(naiveCheck(body));
      }),
    );
  });

  it("forgives how it is typed", () => {
    const number = caseNumber({ division: "990001", date: plainDate("2026-02-12"), serial: 1 });
    const typed = `${number.slice(0, 6)} ${number.slice(6, 12)}-${number.slice(12)}`.replace("9", "９");
    expect(verdictOnCaseNumber(typed)).toMatchObject({ valid: true, normalised: number, division: "990001" });
  });

  it("finds every single wrong digit", () => {
    fc.assert(
      fc.property(parts, fc.nat(18), fc.integer({ min: 1, max: 9 }), (given, at, shift) => {
        const number = caseNumber(given);
        const wrong = number.slice(0, at) + ((Number(number[at]) + shift) % 10) + number.slice(at + 1);
        expect(verdictOnCaseNumber(wrong)).toMatchObject({ valid: false, rule: "check" });
      }),
    );
  });

  it("finds more than 97 of 100 swaps of neighbours", () => {
    let swaps = 0;
    let found = 0;
    for (let serial = 1; serial <= 3000; serial += 7) {
      const number = caseNumber({ division: "340603", date: plainDate("2026-02-12"), serial });
      for (let i = 0; i < 18; i++) {
        const swapped = number.slice(0, i) + number.charAt(i + 1) + number.charAt(i) + number.slice(i + 2);
        if (swapped === number) continue;
        swaps += 1;
        if (!verdictOnCaseNumber(swapped).valid) found += 1;
      }
    }
    expect(found / swaps).toBeGreaterThan(0.97);
  });

  it("names the rule that a wrong number breaks", () => {
    const withCheck = (body: string): string => body + caseNumberCheck(body);
    expect(verdictOnCaseNumber("12345")).toMatchObject({ rule: "length" });
    expect(verdictOnCaseNumber("34060326021200001A5")).toMatchObject({ rule: "characters" });
    expect(verdictOnCaseNumber(withCheck("340603260230000017"))).toMatchObject({ rule: "date" });
    expect(verdictOnCaseNumber(withCheck("340603260212000000"))).toMatchObject({ rule: "serial" });
  });

  it("is not made of parts of another form", () => {
    const good = { division: "340603", date: plainDate("2026-02-12"), serial: 1 };
    for (const bad of [
      { division: "34060" },
      { division: "３４０６０３" },
      { serial: 0 },
      { serial: 1_000_000 },
      { serial: 1.5 },
      { date: plainDate("1999-12-31") },
    ]) {
      expect(() => caseNumber({ ...good, ...bad })).toThrow(RangeError);
    }
  });
});

describe("blocks of serials", () => {
  it("hands out every serial once, block after block, to the last of the day", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.nat(LAST_SERIAL), (size, taken) => {
        const serials: number[] = [];
        for (let block = serialBlock(taken, size); block !== null; ) {
          const { serial, rest } = takeSerial(block);
          serials.push(serial);
          block = rest;
        }
        expect(serials).toEqual(Array.from({ length: Math.min(size, LAST_SERIAL - taken) }, (_, i) => taken + 1 + i));
      }),
    );
    expect(serialBlock(LAST_SERIAL, 10)).toBeNull();
    expect(() => serialBlock(-1, 10)).toThrow(RangeError);
    expect(() => serialBlock(0, 0)).toThrow(RangeError);
  });
});

describe("query codes", () => {
  it("has 8 characters of an alphabet without look-alikes", () => {
    expect(QUERY_CODE_ALPHABET).not.toMatch(/[01OIL]/);
    expect(new Set(QUERY_CODE_ALPHABET).size).toBe(31);
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        expect(queryCode(bytes)).toMatch(/^[2-9A-HJKMNP-Z]{8}$/);
      }),
    );
  });

  it("depends on its bytes alone and refuses too few", () => {
    expect(queryCode(new Uint8Array(16))).toBe("22222222");
    expect(queryCode(Uint8Array.from({ length: 16 }, (_, i) => i))).toBe(queryCode(Uint8Array.from({ length: 16 }, (_, i) => i)));
    expect(() => queryCode(new Uint8Array(15))).toThrow(RangeError);
  });
});
