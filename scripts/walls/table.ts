/**
 * The walls, for all modules at once. `files` says who, `may` what it may import, `packages` which npm packages and node: modules.
 * The first row that matches a file rules it. `*` is a part of a path, `**` any depth, `{own}` the module that the file belongs to;
 * a leading `!` takes away again. A package `x` means exactly `x`, `x/**` also its subpaths.
 */
export type Area = {
  readonly name: string;
  readonly files: readonly string[];
  readonly may: readonly string[];
  readonly packages: readonly string[];
};

/** Tests, and what only tests use: `test-database.ts`. */
const TEST_FILES = ["**.test.ts", "**.test.tsx", "test-*.ts", "**/test-*.ts", "test-*.tsx", "**/test-*.tsx"];
const tests = (folder: string): readonly string[] => TEST_FILES.map((file) => `${folder}/${file}`);
const notTests = (folder: string): readonly string[] => tests(folder).map((file) => `!${file}`);

/** What server code may take from npm. A new package is a decision: add it here with the module that needs it. */
const SERVER_PACKAGES = [
  "node:**",
  "typebox",
  "typebox/**",
  "react",
  "react/jsx-runtime",
  "react-dom/server",
  "@node-rs/jieba",
  "@node-rs/jieba/**",
];
const PORTAL_PACKAGES = ["react", "react-dom", "react-dom/client", "typebox"];
const DESK_PACKAGES = [
  "react",
  "react-dom",
  "react-dom/client",
  "react-router",
  "@tanstack/react-query",
  "antd",
  "antd/**",
  "@ant-design/icons",
  "dayjs",
  "dayjs/**",
  "typebox",
  "typebox/value",
];

const AREAS: readonly Area[] = [
  { name: "domain test", files: tests("domain"), may: ["domain/**", "data/**"], packages: ["**"] },
  { name: "kit test", files: tests("kit"), may: ["kit/**", "domain/**"], packages: ["**"] },
  { name: "app test", files: tests("apps"), may: ["**"], packages: ["**"] },
  { name: "platform test", files: tests("platform"), may: ["platform/**", "domain/**"], packages: ["**"] },
  {
    // A module is tested through endpoints on the composed server; of other modules it sees what everybody sees, and their fixtures.
    name: "module test",
    files: tests("modules/*"),
    may: [
      "modules/{own}/**",
      "modules/*/api.ts",
      "modules/*/law/**",
      "modules/*/server/public.ts",
      "modules/*/server/test-*.ts",
      "modules/*/server/testing/**",
      // The demonstration district is everybody's fixture.
      "modules/*/server/demo.ts",
      "modules/*/server/demo/**",
      "platform/**",
      "domain/**",
      "kit/**",
      "apps/server/**",
      "data/**",
    ],
    packages: ["**"],
  },
  // typebox/value checks without eval, so it is pure in a browser too; typebox/compile writes code.
  { name: "domain", files: ["domain/**"], may: ["domain/**"], packages: ["typebox", "typebox/value"] },
  {
    name: "law and api",
    files: ["modules/*/law/**", "modules/*/api.ts"],
    may: ["domain/**", "modules/{own}/law/**", "modules/*/api.ts"],
    packages: ["typebox"],
  },
  {
    name: "words",
    files: ["modules/*/words.*.ts"],
    may: ["domain/**", "modules/{own}/law/**", "modules/*/api.ts", "modules/{own}/words.*.ts", "kit/words/**"],
    packages: ["typebox"],
  },
  {
    name: "server",
    files: ["modules/*/server/**"],
    may: [
      "platform/**",
      "domain/**",
      "kit/words/**",
      "kit/portal/**",
      "modules/{own}/**",
      "!modules/{own}/desk/**",
      "modules/*/api.ts",
      "modules/*/server/public.ts",
      "!modules/*/server/module.ts",
      ...notTests("platform"),
      ...notTests("modules/{own}"),
    ],
    packages: SERVER_PACKAGES,
  },
  {
    name: "portal",
    files: ["modules/*/portal/**"],
    may: [
      "domain/**",
      "modules/*/law/**",
      "modules/*/api.ts",
      "modules/{own}/words.*.ts",
      "modules/{own}/portal/**",
      "kit/portal/**",
      "kit/words/**",
      "kit/client/**",
    ],
    packages: PORTAL_PACKAGES,
  },
  {
    name: "desk",
    files: ["modules/*/desk/**"],
    may: [
      "domain/**",
      "modules/*/law/**",
      "modules/*/api.ts",
      "modules/{own}/words.*.ts",
      "modules/{own}/desk/**",
      "kit/desk/**",
      "kit/words/**",
      "kit/client/**",
    ],
    packages: DESK_PACKAGES,
  },
  {
    name: "platform",
    files: ["platform/**"],
    may: ["platform/**", ...notTests("platform"), "domain/**"],
    packages: [...SERVER_PACKAGES, "fastify", "@fastify/**", "pg", "@node-rs/argon2", "esbuild"],
  },
  { name: "kit/words", files: ["kit/words/**"], may: ["kit/words/**", "domain/**"], packages: ["typebox"] },
  {
    name: "kit/client",
    files: ["kit/client/**"],
    may: ["kit/client/**", "kit/words/**", "domain/**"],
    packages: ["typebox", "typebox/value"],
  },
  {
    name: "kit/portal",
    files: ["kit/portal/**"],
    may: ["kit/portal/**", "kit/words/**", "kit/client/**", "domain/**"],
    packages: PORTAL_PACKAGES,
  },
  {
    name: "kit/desk",
    files: ["kit/desk/**"],
    may: ["kit/desk/**", "kit/words/**", "kit/client/**", "domain/**"],
    packages: DESK_PACKAGES,
  },
  { name: "kit", files: ["kit/**"], may: ["kit/**", "domain/**"], packages: ["typebox"] },
  {
    name: "desk app",
    files: ["apps/desk/src/**"],
    may: [
      "apps/desk/src/**",
      "kit/**",
      "!kit/portal/**",
      "domain/**",
      "modules/*/desk/**",
      "modules/*/api.ts",
      "modules/*/law/**",
      "modules/*/words.*.ts",
    ],
    packages: DESK_PACKAGES,
  },
  { name: "apps", files: ["apps/**"], may: ["**"], packages: ["**"] },
  { name: "tools", files: ["scripts/**", "sim/**", "e2e/**", "*"], may: ["**"], packages: ["**"] },
];

/** Who may hold SQL. All others ask a store, a query or another module's `public.ts`. */
export const SQL_FILES: readonly string[] = [
  "modules/*/server/store.ts",
  "modules/*/server/store/**",
  "modules/*/server/queries.ts",
  "modules/*/server/queries/**",
  "modules/*/server/public.ts",
  ...tests("modules/*"),
  "platform/**",
  "sim/**",
  "scripts/**",
  "e2e/**",
];

/** The one class is `Problem`: it must be an Error to be thrown. */
export const CLASS_FILES: readonly string[] = ["platform/problem.ts", "domain/problem.ts"];

/** Names that say nothing of what a file holds. `modules/helpers` is the module of 帮办代办, a word of the glossary. */
export const VAGUE_NAME = /(^|\/)(utils?|manager|common|misc|index)(\.[a-z.]+)?(\/|$)|(?<!^modules)\/helpers?(\.[a-z.]+)?(\/|$)/;

/** A pattern of the table as a regular expression, for a file of module `own`. */
function toRegExp(pattern: string, own: string): RegExp {
  const source = pattern
    .replace("{own}", own)
    .replace(/[.+?^${}()|[\]\\]/g, "\\$&")
    .replace(/\*\*|\*/g, (star) => (star === "**" ? ".*" : "[^/]*"));
  return new RegExp(`^${source}$`);
}

const compiled = new Map<string, RegExp>();

export function matches(path: string, patterns: readonly string[], own = ""): boolean {
  const one = (pattern: string): boolean => {
    const key = `${own} ${pattern}`;
    const known = compiled.get(key) ?? toRegExp(pattern, own);
    compiled.set(key, known);
    return known.test(path);
  };
  return patterns.some((p) => !p.startsWith("!") && one(p)) && !patterns.some((p) => p.startsWith("!") && one(p.slice(1)));
}

export function areaOf(path: string): Area | undefined {
  return AREAS.find((area) => matches(path, area.files));
}

export function moduleOf(path: string): string {
  return /^modules\/([^/]+)\//.exec(path)?.[1] ?? "";
}
