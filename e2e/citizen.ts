import { expect } from "vitest";
import type { Page } from "playwright-core";

/** A person at the portal, in the browser: what she types, presses and sees. */
export interface Citizen {
  readonly page: Page;
  readonly url: string;
  readonly phone: string;
}

const answers: Readonly<Record<string, string>> = {
  applicantName: "王建军",
  applicantResidentId: "３４０６０３１９８５０６１２００１５",
  applicantPhone: "139 0000 0001",
  applicantAddress: "相山区南黎路 1 号",
  unitName: "相山区香满楼餐饮店",
  unitUscc: "91110108551385082Q",
  legalRepresentative: "王建军",
  agentName: "李明",
  agentPhone: "13900000002",
  premisesAddress: "相山区南黎路 1 号",
};

/** Signs in by phone code; the code is read where the demonstration shows it. */
export async function signIn({ page, url, phone }: Citizen): Promise<void> {
  if (!page.url().includes("/sign-in")) await page.goto(`${url}/sign-in`);
  await page.fill("input[name=phone]", phone);
  await page.click("main form button:not([name])");
  const outbox = await page.context().newPage();
  await outbox.goto(`${url}/outbox`);
  const code = /\b(\d{6})\b/.exec(await outbox.locator("main").innerText())?.[1] ?? "";
  await outbox.close();
  await page.fill("input[name=code]", code);
  await page.click("main form button:not([name])");
}

/** Fills the page one stands on: texts by what they ask, of choices the last, so that "no" and "other" keep the form short. */
export async function fillPage(page: Page): Promise<void> {
  for (const input of await page.locator("main form input:visible, main form textarea:visible, main form select:visible").all()) {
    const [type, name, tag] = await Promise.all([input.getAttribute("type"), input.getAttribute("name"), input.evaluate((e) => e.tagName)]);
    if (type === "hidden" || type === "file" || name === null || name === "remove") continue;
    if (type === "radio") await page.locator(`input[type=radio][name="${name}"]`).last().check({ force: true });
    else if (type === "checkbox") await page.locator(`input[type=checkbox][name="${name}"]`).first().check({ force: true });
    else if (tag === "SELECT") await input.selectOption({ index: 1 });
    else await input.fill(answers[name] ?? valueFor(name, await input.getAttribute("inputmode")));
  }
}

function valueFor(name: string, mode: string | null): string {
  if (/year/i.test(name)) return "2026";
  if (/month|day/i.test(name)) return "3";
  if (/phone/i.test(name)) return "13900000001";
  if (/uscc/i.test(name)) return "91110108551385082Q";
  if (/residentid|identit/i.test(name)) return "340603198506120015";
  return mode === "numeric" || mode === "decimal" ? "60" : "按实际情况填写";
}

/** Goes through every question of the draft until the materials are asked for. */
export async function answerQuestions(citizen: Citizen): Promise<number> {
  const { page } = citizen;
  let pages = 0;
  while (!/\/(materials|check)$/.test(new URL(page.url()).pathname)) {
    await fillPage(page);
    await continueOn(page);
    pages += 1;
    expect(pages, `still asking at ${page.url()}`).toBeLessThan(60);
  }
  return pages;
}

export async function continueOn(page: Page): Promise<void> {
  await page.locator("main form button:not(.quiet):not([name=remove])").last().click();
  await page.waitForLoadState();
}

/** A small real PDF, another one for every name. */
export function pdfNamed(name: string): { name: string; mimeType: string; buffer: Buffer } {
  const text = `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n% ${name}\ntrailer<</Root 1 0 R>>\n%%EOF\n`;
  return { name: `${name}.pdf`, mimeType: "application/pdf", buffer: Buffer.from(text) };
}
