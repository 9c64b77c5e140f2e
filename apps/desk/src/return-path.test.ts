import { describe, expect, it } from "vitest";
import { nextPath, signInPath } from "./return-path.ts";

describe("the way back after signing in", () => {
  it("leads to the page that was asked for", () => {
    const path = "/cases?status=accepted";
    expect(nextPath(new URLSearchParams(signInPath(path).split("?")[1]).get("next"))).toBe(path);
    expect(signInPath("/")).toBe("/sign-in");
  });

  it("never leads out of the desk, nor in a circle", () => {
    const bad = [
      "//evil.example",
      "/\\evil.example",
      "https://evil.example",
      "javascript:alert(1)",
      "cases",
      "/sign-in",
      "/sign-in?next=/",
    ];
    expect(bad.map(nextPath)).toEqual(bad.map(() => "/"));
    expect(nextPath(null)).toBe("/");
  });
});
