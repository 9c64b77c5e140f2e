import type { Browser, Page } from "playwright-core";

/** An officer at the desk: signs in, and works by keys as ux C3 and C8 ask. */
export interface Officer {
  readonly page: Page;
  readonly violations: readonly string[];
  readonly close: () => Promise<void>;
}

const password = "xiangshan-2026";

export async function signInOfficer(browser: Browser, url: string, userName: string): Promise<Officer> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: "zh-CN" });
  const page = await context.newPage();
  const violations: string[] = [];
  page.on("console", (message) => {
    if (/Content Security Policy|Trusted/i.test(message.text())) violations.push(message.text());
  });
  page.on("pageerror", (error) => violations.push(error.message));
  await page.goto(`${url}/desk/`);
  await page.locator("input:not([type=password])").first().fill(userName);
  await page.fill("input[type=password]", password);
  await page.keyboard.press("Enter");
  await page.getByText("我的待办").first().waitFor();
  return { page, violations, close: () => context.close() };
}

/** Opens the case of this number from the work list. */
export async function openWork({ page }: Officer, number: string): Promise<void> {
  const row = page.locator("tr", { hasText: number });
  await row.first().waitFor();
  await row.locator("a.row-link").first().click();
  // The address changes at once, the page when its part of the script is there.
  await row.first().waitFor({ state: "detached" });
  await page.getByText(number).first().waitFor();
}

/** Presses what the panel's button says it does, by its key, and waits until the desk has taken it. */
export async function submit({ page }: Officer): Promise<void> {
  const taken = page.waitForResponse((response) => response.request().method() === "POST" && response.url().includes("/api/cases/"));
  await page.keyboard.press("Control+Enter");
  const response = await taken;
  if (!response.ok()) throw new Error(`${response.status()} ${await response.text()}`);
}
