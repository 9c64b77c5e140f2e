import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { extractStyle } from "@ant-design/static-style-extract";
import { ConfigProvider } from "antd";
import { createElement } from "react";
import type { Plugin } from "vite";
import { deskTheme } from "#kit/desk/theme.ts";

const ROOT = join(import.meta.dirname, "../../..");
const FOLDERS = ["kit/desk", "apps/desk/src", "modules"];
const VIRTUAL = "virtual:desk-theme.css";

/** What a component draws inside itself and no file of ours imports. */
const INSIDE: Readonly<Record<string, readonly string[]>> = {
  App: ["Button", "Modal", "message", "notification"],
  Dropdown: ["Menu"],
  Input: ["Button", "Space"],
  Modal: ["Button"],
  Select: ["Empty"],
  Table: ["Empty", "Pagination", "Spin"],
  Tabs: ["Dropdown", "Menu"],
};

/**
 * The style sheet of the antd components that the desk imports, drawn once at build time with the desk's tokens and served as a
 * file: under `style-src 'self'` nothing may be written at run time. All of antd would be 111 KB gzip, these are a quarter of it.
 */
export function themeStyles(): Plugin {
  return {
    name: "yichuang:theme-styles",
    resolveId: (source) => (source === VIRTUAL ? `\0${VIRTUAL}` : null),
    load(id) {
      if (id !== `\0${VIRTUAL}`) return null;
      return sheetOf(usedComponents());
    },
  };
}

function sheetOf(includes: readonly string[]): string {
  const html = extractStyle({
    includes: [...includes],
    customTheme: (node) => createElement(ConfigProvider, { theme: { ...deskTheme, zeroRuntime: false } }, node),
  });
  return html.replace(/<\/?style[^>]*>/g, "");
}

/** Every component named in an `import { … } from "antd"` below the desk's folders, and what it draws inside. */
function usedComponents(): readonly string[] {
  const used = new Set<string>();
  for (const file of FOLDERS.flatMap(sourcesIn)) {
    for (const [, names = ""] of readFileSync(file, "utf8").matchAll(/import \{([^}]*)\} from "antd";/g)) {
      const named = names.split(",").map((name) => name.trim());
      for (const name of named.filter((one) => /^[A-Z]/.test(one) && one !== "ConfigProvider")) used.add(name);
    }
  }
  return [...used].flatMap((name) => [name, ...(INSIDE[name] ?? [])]).filter((name, at, all) => all.indexOf(name) === at);
}

function sourcesIn(folder: string): readonly string[] {
  const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => name.endsWith(".tsx") && (folder !== "modules" || name.includes("/desk/")))
    .map((name) => join(ROOT, folder, name));
}
