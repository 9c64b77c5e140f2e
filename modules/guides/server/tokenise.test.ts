import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { initialsOf, pinyinOf, syllableOf, typedPinyin } from "./pinyin.ts";
import { createTokeniser } from "./tokenise.ts";

const tokeniser = createTokeniser(join(import.meta.dirname, "../../../data/search"));

describe("cutting texts into words", () => {
  it("finds the words inside words and keeps our own whole", () => {
    expect(tokeniser.terms("设置大型户外广告")).toEqual(["设置", "大型", "户外", "广告", "户外广告"]);
    expect(tokeniser.terms("网约车证")).toContain("网约车");
  });

  it("cuts a text the same way wherever it stands", () => {
    const alone = tokeniser.terms("食品经营许可");
    expect(tokeniser.terms("关于食品经营许可、公共场所卫生许可")).toEqual(expect.arrayContaining([...alone]));
  });

  it("leaves out punctuation, full-width forms and capitals", () => {
    expect(tokeniser.terms("（ＡＢＣ），食品。")).toEqual(["abc", "食品"]);
    expect(tokeniser.terms("，。！")).toEqual([]);
  });

  it("hears what a query asks for behind the talk around it", () => {
    expect(tokeniser.query("请问我想开个饭店需要办什么证？").core).toContain("饭店");
    expect(tokeniser.query("请问我想开个饭店需要办什么证？").phrases).toContain("开饭店");
    expect(tokeniser.query("打口井").phrases).toContain("打井");
  });

  it("still asks something when every word is one that says nothing", () => {
    expect(tokeniser.query("办理").terms).toEqual(["办理"]);
    expect(tokeniser.query("").phrases).toEqual([]);
  });

  it("stays small for the longest query one can send", () => {
    expect(tokeniser.query("开饭店".repeat(1000)).phrases.length).toBeLessThan(5000);
  });

  it("knows the everyday words of an item", () => {
    expect(tokeniser.plainWordsOf("食品经营许可")).toContain("开饭店");
    expect(tokeniser.plainWordsOf("没有这个事项")).toEqual([]);
  });
});

describe("pinyin", () => {
  it("reads characters by where the collation puts them", () => {
    expect(pinyinOf("食品经营许可")).toBe("shipinjingyingxuke");
    expect(pinyinOf("老年人优待证（老年证）")).toBe("laonianrenyoudaizhenglaonianzheng");
    expect(pinyinOf("殡葬设施")).toBe("binzangsheshi");
    expect(initialsOf("道路货物运输经营许可")).toBe("dlhwysjyxk");
  });

  it("hears characters of one sound alike, whichever reading it takes", () => {
    expect(pinyinOf("宅急地")).toBe(pinyinOf("宅基地"));
    expect(syllableOf("女")).toBe(typedPinyin("nv"));
    expect(typedPinyin("Lv You")).toBe("luyou");
  });

  it("leaves letters and digits as they are", () => {
    expect(pinyinOf("A类, 2级")).toBe("alei2ji");
  });
});
