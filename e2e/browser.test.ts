import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser } from "playwright-core";
import { launchBrowser } from "./browser.ts";

describe("the browser of the tests", () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
  });

  afterAll(() => browser.close());

  it("draws Chinese characters, each in its own shape", async () => {
    const page = await browser.newPage();
    await page.setContent('<canvas width="64" height="64"></canvas>');
    // A missing glyph is the same box for every character; a rare name character is missing in many fonts.
    const shapes = await page.evaluate(() => {
      const canvas = document.querySelector("canvas");
      const pen = canvas?.getContext("2d");
      return ["一", "窗", "㛃"].map((character) => {
        pen?.clearRect(0, 0, 64, 64);
        if (pen) pen.font = "48px sans-serif";
        pen?.fillText(character, 4, 52);
        return canvas?.toDataURL() ?? "";
      });
    });
    expect(new Set(shapes).size).toBe(3);
    expect(shapes.every((shape) => shape.length > 300)).toBe(true);
    await page.close();
  });

  it("opens four pages at once", async () => {
    const titles = await Promise.all(
      [1, 2, 3, 4].map(async (number) => {
        const context = await browser.newContext();
        const page = await context.newPage();
        await page.goto(`data:text/html,<title>${number}</title>`);
        const title = await page.title();
        await context.close();
        return title;
      }),
    );
    expect(titles).toEqual(["1", "2", "3", "4"]);
  });
});
