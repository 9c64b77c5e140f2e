import { describe, expect, it } from "vitest";
import { mostTabs, type OpenTab, withTab } from "./open-tabs.tsx";

function tab(name: string, label = name): OpenTab {
  return { path: `/cases/${name}`, label };
}

describe("open tabs", () => {
  it("keep their place when opened again", () => {
    const tabs = [tab("a"), tab("b")];
    expect(withTab(tabs, tab("a"))).toBe(tabs);
  });

  it("take a new label", () => {
    expect(withTab([tab("a"), tab("b")], tab("a", "张* 食品经营许可"))).toEqual([tab("a", "张* 食品经营许可"), tab("b")]);
  });

  it("let go the one opened longest ago when there are too many", () => {
    const full = Array.from({ length: mostTabs }, (_, at) => tab(String(at)));
    const after = withTab(full, tab("new"));
    expect(after).toHaveLength(mostTabs);
    expect(after[0]).toEqual(tab("1"));
    expect(after.at(-1)).toEqual(tab("new"));
  });
});
