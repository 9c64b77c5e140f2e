import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { answerQuestions, type Citizen, continueOn, pdfNamed, signIn } from "./citizen.ts";
import { openWork, signInOfficer, submit } from "./officer.ts";
import { type RunningPlatform, removeData, startPlatform } from "./platform.ts";

/** The first real case in the browser, from plain words to delivery, and the count that opens to it. */
const pictures = join(import.meta.dirname, "screenshots");
let platform: RunningPlatform;
let browser: Browser;
let citizen: Citizen;
let number = "";
let queryCode = "";

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  [platform, browser] = await Promise.all([startPlatform(), launchBrowser()]);
  const page = await (await browser.newContext({ viewport: { width: 375, height: 812 }, locale: "zh-CN" })).newPage();
  page.setDefaultTimeout(60_000);
  citizen = { page, url: platform.url, phone: "13900000001" };
}, 240_000);

afterAll(async () => {
  await browser.close();
  await platform.stop();
  removeData(platform.data);
});

async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}

async function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

describe("a person opens a restaurant", () => {
  it("finds the item in plain words and reads the guide", async () => {
    const { page, url } = citizen;
    await page.goto(url);
    await page.fill("input[name=q]", "我想开个小饭馆");
    await page.keyboard.press("Enter");
    await page.waitForURL(/search/);
    await page.getByRole("link", { name: "食品经营许可（新办）" }).click();
    await page.waitForURL(/items/);
    expect(await page.locator("h1").innerText()).toBe("食品经营许可（新办）");
    expect(await sidewaysScroll(page)).toBe(0);
    await picture(page, "guide-phone");
  });

  it("signs in by phone code and comes back to where she was", async () => {
    const { page } = citizen;
    await page.getByRole("link", { name: "网上申请" }).click();
    await page.waitForURL(/sign-in/);
    await signIn(citizen);
    await page.waitForURL(/apply\/start/);
    await page.locator("main form button").first().click();
    await page.waitForURL(/apply\/[0-9a-f-]{36}$/);
    expect(await page.locator("h1").innerText()).toContain("食品经营许可");
  });

  it("is told what is missing, above the page and beside the field, and keeps what she typed", async () => {
    const { page } = citizen;
    await page.locator("main a[href*='/apply/']").first().click();
    await page.waitForLoadState();
    await continueOn(page);
    expect(await page.title()).toMatch(/^错误：/);
    expect(await page.evaluate(() => document.activeElement?.getAttribute("role"))).toBe("alert");
    await picture(page, "question-errors-phone");
  });

  it("answers page by page, full-width digits in the identity number and all, uploads, checks and submits", async () => {
    const { page } = citizen;
    expect(await answerQuestions(citizen)).toBeGreaterThanOrEqual(5);
    for (const input of await page.locator("main input[type=file]").all()) {
      await input.setInputFiles(pdfNamed((await input.getAttribute("name")) ?? "file"));
    }
    await continueOn(page);
    await page.waitForURL(/check$/);
    expect(await page.locator("main").innerText()).toContain("340603198506120015");
    await picture(page, "check-phone");
    await page.locator("main form button").last().click();
    await page.waitForURL(/done$/);
    number = /\/cases\/(\d+)\/done/.exec(page.url())?.[1] ?? "";
    queryCode = /查询码\s*([2-9A-Z]{8})/.exec(await page.locator("main").innerText())?.[1] ?? "";
    expect(number).toMatch(/^340603\d{13}$/);
    expect(queryCode).not.toBe("");
    await picture(page, "submitted-phone");
  });
});

describe("the office takes the case through the law", () => {
  it("the clerk checks the materials by keys and accepts; the effect stands there before the press", async () => {
    const clerk = await signInOfficer(browser, platform.url, "wangmin");
    await openWork(clerk, number);
    const { page } = clerk;
    expect(await page.locator("body").innerText()).toContain("时钟从明天起算");
    const materials = await page.locator("table.checking tbody tr").count();
    for (let row = 0; row < materials; row += 1) await page.keyboard.press("1");
    await picture(page, "intake-desk");
    const taken = page.waitForResponse((response) => response.url().endsWith("/accept"));
    await page.keyboard.press("F9");
    expect((await taken).status()).toBe(200);
    expect(clerk.violations).toEqual([]);
    await clerk.close();
  });

  it("the reviewer agrees on every step, the decider grants, the issuer delivers and closes", async () => {
    const reviewer = await signInOfficer(browser, platform.url, "zhangwei");
    for (let step = 0; step < 2; step += 1) {
      await reviewer.page.goto(`${platform.url}/desk/`);
      await openWork(reviewer, number);
      await submit(reviewer);
    }
    await picture(reviewer.page, "review-desk");
    await reviewer.close();
    const decider = await signInOfficer(browser, platform.url, "lijianguo");
    await openWork(decider, number);
    await picture(decider.page, "decision-desk");
    await submit(decider);
    await decider.close();
    const issuer = await signInOfficer(browser, platform.url, "sunli");
    await openWork(issuer, number);
    await submit(issuer);
    await issuer.page.goto(`${platform.url}/desk/`);
    await openWork(issuer, number);
    await submit(issuer);
    expect([...reviewer.violations, ...decider.violations, ...issuer.violations]).toEqual([]);
    await issuer.close();
  });
});

describe("everyone sees what happened", () => {
  it("the citizen sees every step with office and date, and reads the decision", async () => {
    const { page, url } = citizen;
    await page.goto(`${url}/cases/${number}`);
    const text = await page.locator("main").innerText();
    for (const step of ["收到申请", "受理", "审查", "决定", "送达", "相山区市场监督管理局"]) expect(text).toContain(step);
    await picture(page, "progress-phone");
    await page.goto(`${url}/cases/${number}/decision`);
    expect(await page.locator("main").innerText()).toContain("准予行政许可");
    await picture(page, "decision-phone");
  });

  it("number and query code show the case without signing in; a wrong code does not", async () => {
    const page = await (await browser.newContext({ viewport: { width: 375, height: 812 } })).newPage();
    for (const [code, seen] of [
      ["ZZZZZZZZ", false],
      [queryCode, true],
    ] as const) {
      await page.goto(`${platform.url}/track`);
      await page.fill("input[name=number]", number);
      await page.fill("input[name=code]", code);
      await page.locator("main form button").click();
      await page.waitForLoadState();
      expect((await page.locator("main").innerText()).includes("食品经营许可")).toBe(seen);
    }
    await page.context().close();
  });

  it("was told each step by text message", async () => {
    const { page, url } = citizen;
    await expect
      .poll(
        async () => {
          await page.goto(`${url}/outbox`);
          return page.locator("main").innerText();
        },
        { timeout: 20_000, interval: 500 },
      )
      .toContain("结果已送达");
  });

  it("the leader's count opens to the list that holds the case, and count and list agree", async () => {
    const leader = await signInOfficer(browser, platform.url, "zhoujun");
    const { page } = leader;
    await page.goto(`${platform.url}/desk/figures`);
    const row = page.locator("tr", { hasText: "已办结" });
    await row.waitFor();
    const count = await row.locator("a").first().innerText();
    await picture(page, "figures-desk");
    await row.locator("a").first().click();
    await page.getByText(number).waitFor();
    expect(await page.locator("tbody tr", { hasText: "3406" }).count()).toBe(Number(count));
    await picture(page, "figures-list-desk");
    await leader.close();
  });

  it("who looked at the data is shown to the person", async () => {
    const { page, url } = citizen;
    await page.goto(`${url}/me`);
    expect(await page.locator("main").innerText()).toContain("综合窗口科");
    await picture(page, "me-phone");
  });
});
