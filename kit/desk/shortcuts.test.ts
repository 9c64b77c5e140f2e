import { describe, expect, it } from "vitest";
import { capOf, deskKeys, shortcutOf } from "./shortcuts.ts";

function press(key: string, more: { ctrlKey?: boolean; altKey?: boolean } = {}) {
  return { key, ctrlKey: false, metaKey: false, altKey: false, ...more };
}

describe("the keys of the desk", () => {
  it("leave F5, F11 and F12 to the browser", () => {
    const keys: readonly string[] = Object.values(deskKeys);
    expect(keys.filter((key) => ["F5", "F11", "F12"].includes(key))).toEqual([]);
  });

  it("are each used once", () => {
    expect(new Set(Object.values(deskKeys)).size).toBe(Object.keys(deskKeys).length);
  });

  it("find the shortcut of a key, in either case", () => {
    expect(shortcutOf(press("j"), false, true)).toBe("next");
    expect(shortcutOf(press("J"), false, true)).toBe("next");
    expect(shortcutOf(press("F9"), false, true)).toBe("accept");
    expect(shortcutOf(press("Enter", { ctrlKey: true }), false, true)).toBe("submit");
    expect(shortcutOf(press("Enter"), false, true)).toBeNull();
  });

  it("do not disturb typing, but function keys and Ctrl+Enter work everywhere", () => {
    expect(shortcutOf(press("1"), true, true)).toBeNull();
    expect(shortcutOf(press("ArrowDown"), true, true)).toBeNull();
    expect(shortcutOf(press("F8"), true, true)).toBe("print");
    expect(shortcutOf(press("Enter", { ctrlKey: true }), true, true)).toBe("submit");
  });

  it("can be without single characters (WCAG 2.1.4)", () => {
    expect(shortcutOf(press("1"), false, false)).toBeNull();
    expect(shortcutOf(press("?"), false, false)).toBeNull();
    expect(shortcutOf(press("ArrowDown"), false, false)).toBe("down");
    expect(shortcutOf(press("F9"), false, false)).toBe("accept");
  });

  it("do not take what Ctrl or Alt makes of a letter", () => {
    expect(shortcutOf(press("e", { ctrlKey: true }), false, true)).toBeNull();
    expect(shortcutOf(press("e", { altKey: true }), false, true)).toBeNull();
  });

  it("are shown as caps", () => {
    expect([capOf("next"), capOf("up"), capOf("print"), capOf("submit")]).toEqual(["J", "↑", "F8", "Ctrl+Enter"]);
  });
});
