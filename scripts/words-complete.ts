import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { exists, type Finding, isMain, listFiles, report, ROOT } from "./gate.ts";

/** The name of the other language in the language switch is written in that language. */
const OTHER_LANGUAGE = { zh: "English", en: "中文" } as const;

type Texts = ReadonlyMap<string, string>;

/** All texts of a words file by key path. A function's text is its source: the words in it stand there in full. */
export function textsOf(words: unknown, path = ""): Texts {
  const texts = new Map<string, string>();
  if (typeof words === "string") texts.set(path, words);
  else if (typeof words === "function") texts.set(path, unescapeSource(String(words)));
  else if (typeof words === "object" && words !== null) {
    for (const [key, value] of Object.entries(words)) {
      for (const [at, text] of textsOf(value, path === "" ? key : `${path}.${key}`)) texts.set(at, text);
    }
  } else texts.set(path, "");
  return texts;
}

/** A compiled function may hold its Chinese as escapes. */
function unescapeSource(source: string): string {
  return source.replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** The same keys in both, nothing empty, Chinese in Chinese, English without a Chinese character. A sign such as "—" belongs to both. */
/** A text of values and units alone (`${name}：`, `${size} KB`) is the same in every language. */
function withoutValues(text: string): string {
  return text
    .replace(/^.*?=>/, "")
    .replace(/\$\{[^}]*\}/g, "")
    .replace(/\b[KMG]B\b/g, "");
}

export function compareWords(file: string, zh: Texts, en: Texts): readonly Finding[] {
  const findings: Finding[] = [];
  const add = (rule: string, message: string): void => void findings.push({ file, line: 1, rule, message });
  for (const [key, text] of zh) {
    if (!en.has(key)) add("no-english", `${key} is missing in words.en.ts`);
    if (text.trim() === "") add("empty", `zh ${key}`);
    else if (!/\p{Script=Han}/u.test(text) && /\p{L}/u.test(withoutValues(text)) && text !== OTHER_LANGUAGE.zh)
      add("not-chinese", `zh ${key}: ${text}`);
  }
  for (const [key, text] of en) {
    if (!zh.has(key)) add("no-chinese", `${key} is missing in words.zh.ts`);
    if (text.trim() === "") add("empty", `en ${key}`);
    else if (/\p{Script=Han}/u.test(text) && text !== OTHER_LANGUAGE.en) add("not-english", `en ${key}: ${text}`);
  }
  return findings;
}

/** The texts of all exports under their keys; the export's own name (`zh`, `en`, `words`) is no part of a key. */
async function readWords(path: string): Promise<Texts> {
  const exports = (await import(pathToFileURL(join(ROOT, path)).href)) as Readonly<Record<string, unknown>>;
  return new Map(Object.values(exports).flatMap((value) => [...textsOf(value)]));
}

async function checkWords(zhFile: string): Promise<readonly Finding[]> {
  const enFile = zhFile.replace(".zh.ts", ".en.ts");
  if (!exists(ROOT, enFile)) return [{ file: zhFile, line: 1, rule: "no-english", message: `${enFile} is missing` }];
  return compareWords(zhFile, await readWords(zhFile), await readWords(enFile));
}

if (isMain(import.meta.filename)) {
  const files = listFiles(ROOT, /(^|\/)[\w-]+\.zh\.ts$/);
  const findings = (await Promise.all(files.map((file) => checkWords(file)))).flat();
  const modules = new Set(listFiles(ROOT, /^modules\/[^/]+\/(portal|desk)\//).map((path) => path.split("/", 2).join("/")));
  const wordless = [...modules].filter((folder) => !files.some((file) => file.startsWith(`${folder}/`)));
  const missing = wordless.map((file): Finding => ({ file, line: 1, rule: "no-words", message: "has pages but no words.zh.ts" }));
  report({ name: "words complete", files: files.length, findings: [...findings, ...missing] });
}
