import { readFileSync } from "node:fs";
import { join } from "node:path";
import { renderToString } from "react-dom/server";
import { transformSync } from "esbuild";
import { describe, expect, it } from "vitest";
import { Document, type DocumentProps } from "./document.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { DateInput, FileUpload, Radios, TextInput } from "./fields.tsx";
import { Form } from "./form.tsx";

const facts: DocumentProps = {
  language: "zh",
  careMode: false,
  layout: "read",
  title: "查进度",
  wrong: false,
  place: { zh: "相山区", en: "Xiangshan District" },
  path: "/track?from=1",
  person: null,
  stylesheet: "/assets/portal.css",
  scripts: [],
  children: "正文",
};

const frame = (more: Partial<DocumentProps> = {}) => renderToString(<Document {...facts} {...more} />);

describe("the frame of every public page", () => {
  it("names its language, its title and one main part, and lets one skip to it", () => {
    const html = frame();
    for (const text of ['<html lang="zh-CN">', "<title>查进度 · 一窗 · 相山区政务服务</title>", 'href="#main"', '<main id="main"'])
      expect(html).toContain(text);
    expect(frame({ language: "en" })).toContain('<html lang="en">');
  });

  it("begins the title with the word for error after a refused Continue", () => {
    expect(frame({ wrong: true })).toContain("<title>错误：查进度");
    expect(frame({ wrong: true, language: "en", title: "Track" })).toContain("<title>Error: Track");
  });

  it("holds no script, no style and no event handler of its own, so that the policy can forbid them", () => {
    const html = frame({ careMode: true, person: { maskedName: "张*" } });
    expect(html).not.toMatch(/<script|<style|\sstyle=|\son[a-z]+=/);
    expect(frame({ scripts: ["/assets/a.js"] })).toContain('<script type="module" src="/assets/a.js">');
  });

  it("keeps the telephone in sight and offers the way back in care mode", () => {
    const html = frame({ careMode: true });
    expect(html).toContain("data-care");
    expect(html).toMatch(/<button[^>]*value="off"[^>]*>标准版/);
    expect(html).toContain('class="call"');
    expect(frame()).not.toContain('class="call"');
  });

  it("comes back to the same page after signing in or a change of language", () => {
    const html = frame();
    expect(html).toContain("/sign-in?next=%2Ftrack%3Ffrom%3D1");
    expect(html).toContain('name="next" value="/track?from=1"');
  });
});

describe("the sheet", () => {
  const sheet = readFileSync(join(import.meta.dirname, "portal.css"), "utf8");

  it("is at most 20 KB", () => {
    const { code } = transformSync(sheet, { loader: "css", minify: true });
    expect(code.length).toBeLessThanOrEqual(20_000);
  });

  it("uses logical properties only, and loads nothing", () => {
    expect(sheet).not.toMatch(/[\s{;](?:margin|padding|border)-(?:left|right|top|bottom)|[\s{;](?:width|height|left|right|top|bottom):/);
    expect(sheet).not.toMatch(/url\(|@import|@font-face/);
  });
});

describe("fields", () => {
  const common = { language: "zh", name: "phone", label: "手机号" } as const;

  it("ties label, hint and fault to the control", () => {
    const html = renderToString(<TextInput {...common} value="1" hint="11 位" error="手机号不对" />);
    expect(html).toContain('for="f-phone"');
    expect(html).toContain('aria-describedby="f-phone-hint f-phone-error"');
    expect(html).toContain('aria-invalid="true"');
    expect(renderToString(<TextInput {...common} value="" />)).not.toContain("aria-");
  });

  it("makes the only question of a page its heading", () => {
    const options = [{ value: "yes", label: "是" }];
    expect(renderToString(<Radios {...common} value="yes" options={options} heading />)).toMatch(/<legend[^>]*><h1>手机号<\/h1><\/legend>/);
    expect(renderToString(<TextInput {...common} value="" heading />)).toMatch(/<h1><label[^>]*>手机号<\/label><\/h1>/);
  });

  it("leads from the summary, which takes focus, to the first control of each field", () => {
    const errors = [{ name: "born", message: "没有这一天" }];
    const html = renderToString(<ErrorSummary language="zh" errors={errors} />);
    expect(html).toContain('href="#f-born"');
    expect(html).toMatch(/tabindex="-1"[^>]*autofocus|autofocus[^>]*tabindex="-1"/);
    const value = { year: "2026", month: "2", day: "30" };
    expect(renderToString(<DateInput {...common} name="born" value={value} error="没有这一天" />)).toContain('id="f-born"');
    expect(renderToString(<ErrorSummary language="zh" errors={[]} />)).toBe("");
  });

  it("offers the camera and the choice of a file under one name", () => {
    const html = renderToString(<FileUpload {...common} name="plan" accept=".pdf" />);
    expect(html.match(/name="plan"/g)).toHaveLength(2);
    expect(html).toContain('capture="environment"');
  });
});

describe("a form", () => {
  it("sends action, key and token before anything else, and another key for each part", () => {
    const form = { _form: "token", _key: "key" };
    const html = renderToString(
      <Form action="save" form={form} part="2" files>
        <i />
      </Form>,
    );
    expect(html).toContain('encType="multipart/form-data"');
    expect(html).toContain('name="_key" value="key-save-2"');
    expect(html.indexOf('name="_form"')).toBeLessThan(html.indexOf("<i>"));
  });
});
