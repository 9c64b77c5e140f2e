import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { type RunningPlatform, removeData, startPlatform } from "./platform.ts";

/** The build gate of ux 2.2: axe with target-size on, 320 px without sideways scroll, main targets, care mode; the page weights of the issue. */
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const guide = "/items/340603-scjg-176-01-340603";
const pages = [
  "/",
  "/search?q=%E5%BC%80%E9%A5%AD%E5%BA%97",
  "/search?q=zzzz",
  guide,
  "/items",
  "/sign-in",
  "/track",
  "/accessibility",
  "/outbox",
  "/nothing-here",
];

let platform: RunningPlatform;
let browser: Browser;

beforeAll(async () => {
  [platform, browser] = await Promise.all([startPlatform({ env: { YICHUANG_LIMITS: "0" } }), launchBrowser()]);
}, 240_000);

afterAll(async () => {
  await browser.close();
  await platform.stop();
  removeData(platform.data);
});

interface View {
  readonly name: string;
  readonly width: number;
  readonly care: boolean;
}

const views: readonly View[] = [
  { name: "phone of 320 px", width: 320, care: false },
  { name: "desk of 1366 px", width: 1366, care: false },
  { name: "care mode at 375 px", width: 375, care: true },
];

async function opened({ width, care }: View): Promise<BrowserContext> {
  // The content security policy of our pages forbids a foreign script, as it should; axe is one.
  const context = await browser.newContext({ viewport: { width, height: 800 }, bypassCSP: true });
  if (care) await context.addCookies([{ name: "care", value: "on", url: platform.url }]);
  return context;
}

interface AxeFault {
  readonly id: string;
  readonly nodes: readonly string[];
}

async function axeFaults(page: Page): Promise<readonly AxeFault[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const axe = (
      globalThis as unknown as { axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }
    ).axe;
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    const found = await axe.run({ runOnly: { type: "tag", values: tags }, rules: { "target-size": { enabled: true } } });
    return found.violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }));
  });
}

/** Buttons and main links lower than they may be: 44 px, in care mode 60 px. */
async function smallTargets(page: Page, least: number): Promise<readonly string[]> {
  return page.evaluate((height) => {
    const targets = [
      ...document.querySelectorAll("main button, main a.button, main input:not([type=hidden]):not([type=radio]):not([type=checkbox])"),
    ];
    return targets
      .filter((target) => target.getBoundingClientRect().height > 0 && target.getBoundingClientRect().height < height - 0.5)
      .map((target) => target.outerHTML.slice(0, 120));
  }, least);
}

describe.each(views)("on a $name", (view) => {
  it.each(pages)("%s passes axe, never scrolls sideways and has targets one can hit", async (path) => {
    const context = await opened(view);
    const page = await context.newPage();
    await page.goto(platform.url + path);
    expect(await axeFaults(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
    expect(await smallTargets(page, view.care ? 60 : 44)).toEqual([]);
    await context.close();
  });
});

describe("the weight of a first view", () => {
  it.each(["/", guide])("%s is 40 KB at most, all in, and loads no script", async (path) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    let bytes = 0;
    let scripts = 0;
    page.on("response", (response) => {
      if (response.request().resourceType() === "script") scripts += 1;
    });
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    session.on("Network.loadingFinished", ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    await page.goto(platform.url + path, { waitUntil: "networkidle" });
    expect(scripts).toBe(0);
    expect(bytes).toBeGreaterThan(1000);
    expect(bytes).toBeLessThanOrEqual(40 * 1024);
    await context.close();
  });

  it("the desk's first view is 250 KB of script at most", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    const scripts = new Set<string>();
    let bytes = 0;
    session.on("Network.responseReceived", ({ requestId, type }) => {
      if (type === "Script") scripts.add(requestId);
    });
    session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      if (scripts.has(requestId)) bytes += encodedDataLength;
    });
    await page.goto(`${platform.url}/desk/`, { waitUntil: "networkidle" });
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThanOrEqual(250 * 1024);
    await context.close();
  });
});
