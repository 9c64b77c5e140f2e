import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainDate } from "#domain/plain-date.ts";
import type { Question } from "#modules/catalog/api.ts";
import { problemsOf, progressOf } from "./completeness.ts";
import { readAnswer } from "./read-answer.ts";
import { nextPage, readPage } from "./read-page.ts";
import { type Answers, type Form, neededMaterials, submittedAnswers, visiblePages } from "./visible.ts";

const today = plainDate("2026-03-02");
const label = (text: string) => ({ zh: text, en: text });

type QuestionFacts = Omit<Partial<Question>, "kind"> & { readonly kind?: string };

function question(key: string, facts: QuestionFacts = {}): Question {
  return { key, label: label(key), kind: "text", required: true, data: "none", ...facts } as Question;
}

function material(key: string, facts: Partial<Form["materials"][number]> = {}): Form["materials"][number] {
  return {
    key,
    name: label(key),
    form: "electronic",
    copies: { original: 0, copy: 0 },
    necessity: "required",
    source: "self",
    standard: label(""),
    tolerable: false,
    ...facts,
  };
}

const rawFood = { op: "=", question: "hasRawFood", value: "yes" } as const;

const form: Form = {
  form: {
    pages: [
      {
        key: "business",
        title: label("business"),
        questions: [
          question("hasRawFood", { kind: "yes-no" }),
          question("rawFoodArea", { kind: "whole-number", min: 1, max: 500, when: rawFood }),
        ],
      },
      { key: "raw", title: label("raw"), when: rawFood, questions: [question("chillers", { kind: "text", required: false })] },
      {
        key: "person",
        title: label("person"),
        questions: [question("residentId", { kind: "resident-id" }), question("day", { kind: "date", required: false })],
      },
    ],
  },
  materials: [
    material("plan"),
    material("raw-plan", { necessity: "conditional", requiredWhen: rawFood }),
    material("licence", { source: "government" }),
    material("photo", { necessity: "optional" }),
    material("rules", { tolerable: true }),
  ],
};

describe("which pages, questions and materials apply", () => {
  it("shows a page and a question only where their condition holds", () => {
    expect(visiblePages(form, { hasRawFood: "no" }).map((v) => v.page.key)).toEqual(["business", "person"]);
    expect(visiblePages(form, { hasRawFood: "yes" }).map((v) => v.page.key)).toEqual(["business", "raw", "person"]);
    expect(visiblePages(form, { hasRawFood: "yes" })[0]?.questions.map((q) => q.key)).toEqual(["hasRawFood", "rawFoodArea"]);
  });

  it("submits no answer of a question that no longer applies", () => {
    const answers = { hasRawFood: "no", rawFoodArea: 20, chillers: "two" };
    expect(submittedAnswers(form, answers)).toEqual({ hasRawFood: "no" });
  });

  it("never submits an answer of a hidden question, whatever is in the draft", () => {
    const anyAnswers = fc.dictionary(
      fc.constantFrom("hasRawFood", "rawFoodArea", "chillers", "residentId", "day", "__proto__", "constructor", "other"),
      fc.oneof(fc.constantFrom("yes", "no"), fc.string(), fc.integer()),
    );
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const shown = new Set(visiblePages(form, answers).flatMap((v) => v.questions.map((q) => q.key)));
        for (const key of Object.keys(submittedAnswers(form, answers))) expect(shown.has(key)).toBe(true);
      }),
    );
  });

  it("does not let an answer of a hidden question decide about a later page", () => {
    const chained: Form = {
      materials: [],
      form: {
        pages: [
          { key: "a", title: label("a"), questions: [question("first", { kind: "yes-no" })] },
          {
            key: "b",
            title: label("b"),
            when: { op: "=", question: "first", value: "yes" },
            questions: [question("second", { kind: "yes-no" })],
          },
          { key: "c", title: label("c"), when: { op: "=", question: "second", value: "yes" }, questions: [question("third")] },
        ],
      },
    };
    expect(visiblePages(chained, { first: "no", second: "yes" }).map((v) => v.page.key)).toEqual(["a"]);
  });

  it("asks for own materials by condition, and never for what the government holds", () => {
    expect(neededMaterials(form, { hasRawFood: "no" }).map((n) => [n.material.key, n.required])).toEqual([
      ["plan", true],
      ["photo", false],
      ["rules", false],
    ]);
    expect(neededMaterials(form, { hasRawFood: "yes" }).map((n) => n.material.key)).toContain("raw-plan");
  });
});

describe("reading one page as it was sent", () => {
  it("reads a question that applies only by an answer on the same page", () => {
    const read = readPage(form, "business", {}, { hasRawFood: "yes", rawFoodArea: "３０" }, today);
    expect(read).toEqual({ answers: { hasRawFood: "yes", rawFoodArea: 30 }, faults: [], unfolded: false });
  });

  it("shows a question that an answer brings up before it is a fault to leave it out", () => {
    const first = readPage(form, "business", {}, { hasRawFood: "yes" }, today);
    expect(first).toEqual({ answers: { hasRawFood: "yes" }, faults: [], unfolded: true });
    const second = readPage(form, "business", { hasRawFood: "yes" }, { hasRawFood: "yes", rawFoodArea: "" }, today);
    expect(second?.faults.map((fault) => fault.name)).toEqual(["rawFoodArea"]);
  });

  it("drops what was sent for a question that does not apply", () => {
    const read = readPage(form, "business", { rawFoodArea: 20 }, { hasRawFood: "no", rawFoodArea: "30" }, today);
    expect(read).toEqual({ answers: { hasRawFood: "no" }, faults: [], unfolded: false });
  });

  it("refuses a field that no question of the page asks for", () => {
    const read = readPage(form, "business", {}, { hasRawFood: "no", hasRawFod: "yes", ["__proto__x"]: "1" }, today);
    expect(read?.faults.map((fault) => fault.name)).toEqual(["hasRawFod", "__proto__x"]);
  });

  it("keeps the good answers of a page with a fault, so that nothing is typed twice", () => {
    const read = readPage(form, "business", {}, { hasRawFood: "yes", rawFoodArea: "many" }, today);
    expect(read?.answers).toEqual({ hasRawFood: "yes" });
    expect(read?.faults).toEqual([
      { name: "rawFoodArea", text: { zh: "rawFoodArea：请填整数，例如 12", en: "rawFoodArea: enter a whole number, such as 12" } },
    ]);
  });

  it("leaves answers of other pages alone and knows the next page", () => {
    const read = readPage(form, "person", { hasRawFood: "no" }, { residentId: "11010519491231002X" }, today);
    expect(read?.answers).toEqual({ hasRawFood: "no", residentId: "11010519491231002X" });
    expect(nextPage(form, { hasRawFood: "no" }, "business")).toBe("person");
    expect(nextPage(form, { hasRawFood: "no" }, "person")).toBe(null);
    expect(readPage(form, "nowhere", {}, {}, today)).toBe(null);
  });
});

function read(facts: QuestionFacts, value: string | readonly string[] | undefined) {
  return readAnswer(question("q", facts), value === undefined ? {} : { q: value }, today);
}

function zh(facts: QuestionFacts, value: string | readonly string[] | undefined): string | null {
  const result = read(facts, value);
  return "fault" in result ? result.fault.zh : null;
}

describe("one answer of each kind", () => {
  it("accepts an identity number in full-width digits with spaces and a small x", () => {
    expect(read({ kind: "resident-id" }, "１１０１０５ 19491231 002x")).toEqual({ answer: "11010519491231002X" });
    expect(zh({ kind: "resident-id" }, "110105194912310021")).toContain("校验码不对");
    expect(zh({ kind: "resident-id" }, "11010519491231002")).toContain("应为18位，现为17位");
  });

  it("accepts mobile and landline numbers with spaces, dashes and +86", () => {
    expect(read({ kind: "phone" }, "+86 138-0013-8000")).toEqual({ answer: "13800138000" });
    expect(read({ kind: "phone" }, "0561－319 0000")).toEqual({ answer: "05613190000" });
    expect(zh({ kind: "phone" }, "1380013800")).toContain("11位");
  });

  it("accepts a credit code in small letters", () => {
    expect(read({ kind: "uscc" }, "91350100m000100y43")).toEqual({ answer: "91350100M000100Y43" });
  });

  it("reads numbers as people write them and says which limit is passed", () => {
    expect(read({ kind: "whole-number" }, " 1,200 ")).toEqual({ answer: 1200 });
    expect(read({ kind: "decimal" }, "１２．５")).toEqual({ answer: 12.5 });
    expect(read({ kind: "whole-number" }, "-0")).toEqual({ answer: 0 });
    expect(zh({ kind: "whole-number", min: 1 }, "0")).toBe("q：不能小于 1");
    expect(zh({ kind: "whole-number", max: 9 }, "10")).toBe("q：不能大于 9");
    expect(zh({ kind: "whole-number" }, "1.5")).toBe("q：请填整数，例如 12");
    expect(zh({ kind: "decimal" }, "1e3")).toBe("q：请填数字，例如 12.5");
    expect(zh({ kind: "whole-number" }, "9".repeat(16))).toBe("q：请填整数，例如 12");
  });

  it("counts characters, not code units, and names both numbers", () => {
    expect(read({ kind: "text", maxLength: 2 }, "𠮷𠮷")).toEqual({ answer: "𠮷𠮷" });
    expect(zh({ kind: "text", maxLength: 2 }, "𠮷𠮷𠮷")).toBe("q：最多 2 个字，现在 3 个");
    expect(zh({ kind: "text" }, "字".repeat(201))).toContain("最多 200 个字");
  });

  it("refuses half a surrogate pair and NUL, which cannot be stored", () => {
    expect(zh({ kind: "text" }, "a\ud800")).toContain("无法保存的字符");
    expect(zh({ kind: "long-text" }, "a\udc00b")).toContain("无法保存的字符");
    expect(zh({ kind: "text" }, "a\0b")).toContain("无法保存的字符");
    expect(read({ kind: "text" }, "张·㛃")).toEqual({ answer: "张·㛃" });
  });

  it("reads a date from three boxes", () => {
    const day = question("q", { kind: "date" });
    expect(readAnswer(day, { "q-year": "２０２６", "q-month": "3", "q-day": "8 " }, today)).toEqual({ answer: "2026-03-08" });
    const none = readAnswer(day, { "q-year": "2026", "q-month": "2", "q-day": "30" }, today);
    expect("fault" in none && none.fault.zh).toContain("没有这一天");
    const empty = readAnswer(day, { "q-year": "", "q-month": "", "q-day": "" }, today);
    expect("fault" in empty && empty.fault.zh).toBe("请填写日期：q");
    expect(readAnswer(question("q", { kind: "date", required: false }), {}, today)).toEqual({ answer: null });
  });

  it("takes choices only from the list and keeps their order", () => {
    const options = ["a", "b", "c"].map((value) => ({ value, label: label(value) }));
    expect(read({ kind: "choice", options }, "b")).toEqual({ answer: "b" });
    expect(zh({ kind: "choice", options }, "d")).toBe("q：请从列出的里面选");
    expect(zh({ kind: "choice", options }, undefined)).toBe("请选择：q");
    expect(read({ kind: "choices", options }, ["c", "a", "a"])).toEqual({ answer: ["a", "c"] });
    expect(zh({ kind: "choices", options }, [])).toBe("请选择：q");
    expect(zh({ kind: "choices", options }, ["a", "x"])).toBe("q：请从列出的里面选");
    expect(read({ kind: "yes-no" }, "yes")).toEqual({ answer: "yes" });
    expect(zh({ kind: "yes-no" }, "maybe")).toBe("q：请从列出的里面选");
  });

  it("takes one text where one is asked for", () => {
    expect(zh({ kind: "text" }, ["a", "b"])).toBe("q：只能填一个");
  });

  it("says nothing is missing where an answer is optional", () => {
    expect(read({ kind: "text", required: false }, "  ")).toEqual({ answer: null });
    expect(zh({ kind: "text" }, "　 ")).toBe("请填写：q");
  });

  it("never throws, whatever is sent, and reads its own answer again to the same", () => {
    const kinds = ["text", "long-text", "whole-number", "decimal", "resident-id", "phone", "uscc", "address", "yes-no"];
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.string({ unit: "binary" }), (kind, text) => {
        const once = read({ kind, required: false }, text);
        if ("fault" in once || once.answer === null) return;
        expect(read({ kind, required: false }, String(once.answer))).toEqual(once);
      }),
    );
  });
});

describe("whether the draft can be sent", () => {
  it("names every open question and every missing material, in order", () => {
    expect(problemsOf(form, { hasRawFood: "yes" }, []).map((problem) => problem.text.zh)).toEqual([
      "请填写：rawFoodArea",
      "请填写：residentId",
      "请上传：plan",
      "请上传：raw-plan",
    ]);
  });

  it("is complete without what is optional or can follow later", () => {
    const answers: Answers = { hasRawFood: "no", residentId: "11010519491231002X" };
    expect(problemsOf(form, answers, ["plan"])).toEqual([]);
  });

  it("tells a page not begun from one begun and one done", () => {
    const [business] = visiblePages(form, { hasRawFood: "yes" });
    if (business === undefined) throw new Error("the page is there");
    expect(progressOf(business, {}, false)).toBe("empty");
    expect(progressOf(business, { hasRawFood: "yes" }, false)).toBe("begun");
    expect(progressOf(business, { hasRawFood: "yes", rawFoodArea: 3 }, false)).toBe("done");
  });
});
