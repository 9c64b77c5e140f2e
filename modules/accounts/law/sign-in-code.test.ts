import { describe, expect, it } from "vitest";
import { codeOf, expiresAt, judgeTry, maySend } from "./sign-in-code.ts";

const now = new Date("2026-03-02T09:00:00.000+08:00");
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);

describe("maySend", () => {
  it("sends to a phone that got no code yet", () => {
    expect(maySend([], now)).toBe("may send");
  });

  it("waits a minute after the last code and says how long", () => {
    expect(maySend([ago(20)], now)).toEqual({ refused: "accounts.code_too_soon", params: { seconds: 40 } });
    expect(maySend([ago(60)], now)).toBe("may send");
  });

  it("sends at most five codes an hour and ten a day", () => {
    const five = [100, 200, 300, 400, 500].map(ago);
    expect(maySend(five, now)).toMatchObject({ refused: "accounts.code_too_often" });
    expect(maySend(five.slice(1), now)).toBe("may send");
    const ten = Array.from({ length: 10 }, (_, index) => ago(3600 * (index + 2)));
    expect(maySend(ten, now)).toMatchObject({ refused: "accounts.code_too_often" });
    expect(maySend([...ten.slice(1), ago(86_400)], now)).toBe("may send");
  });
});

describe("a code", () => {
  it("has six digits, zeros in front included", () => {
    expect([codeOf(0), codeOf(42), codeOf(999_999)]).toEqual(["000000", "000042", "999999"]);
  });

  it("is over after five minutes", () => {
    expect(expiresAt(now).getTime() - now.getTime()).toBe(300_000);
  });
});

describe("judgeTry", () => {
  it("takes the right code, also at the last try", () => {
    expect(judgeTry({ tries: 1, matches: true })).toBe("right");
    expect(judgeTry({ tries: 5, matches: true })).toBe("right");
  });

  it("says how many tries are left, and after the last one that the code is over", () => {
    expect(judgeTry({ tries: 1, matches: false })).toEqual({ refused: "accounts.code_wrong", params: { left: 4 } });
    expect(judgeTry({ tries: 5, matches: false })).toMatchObject({ refused: "accounts.code_expired" });
  });

  it("answers an unknown, used or late code alike", () => {
    expect(judgeTry(null)).toMatchObject({ refused: "accounts.code_expired" });
  });
});
