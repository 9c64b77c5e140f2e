import { parseSync, Visitor } from "oxc-parser";

/** What the walls need to know of one file. Offsets count UTF-16 units. `specifier` is undefined where it is not a plain string. */
export type SourceFile = {
  readonly imports: readonly { readonly specifier: string | undefined; readonly at: number }[];
  readonly classes: readonly { readonly name: string; readonly at: number }[];
  readonly sql: readonly number[];
  readonly errors: readonly string[];
};

const STATEMENT =
  /^(?:select\s[^]*(?:\bfrom\b|\()|select\s\d|insert\s+into\s|update\s+\S+(?:\s+as)?(?:\s+\w+)?\s+set\s|delete\s+from\s|merge\s+into\s|with\s+(?:recursive\s+)?\S+(?:\s*\([^)]*\))?\s+as\s|(?:create|alter|drop|truncate)\s+(?:table|schema|index|unique\s+index|view|function|policy|role|sequence)\b)/i;

/** True for the text of a statement, after leading blanks and comments. "Select a day from the list" is English: SQL is all lower or all upper case. */
export function isSql(text: string): boolean {
  const bare = text.replace(/^(?:\s+|--[^\n]*\n|\/\*[^]*?\*\/)*/, "");
  return STATEMENT.test(bare) && /^(?:[a-z]+|[A-Z]+)\s/.test(bare);
}

/** Parses a TypeScript file: static and type-only imports, re-exports, dynamic imports, `import("x").T` in types, classes, SQL. */
export function readSource(path: string, text: string): SourceFile {
  const parsed = parseSync(path, text);
  const imports: { specifier: string | undefined; at: number }[] = [];
  const classes: { name: string; at: number }[] = [];
  const sql: number[] = [];
  for (const { moduleRequest } of parsed.module.staticImports) imports.push({ specifier: moduleRequest.value, at: moduleRequest.start });
  for (const { moduleRequest } of parsed.module.staticExports.flatMap(({ entries }) => entries)) {
    if (moduleRequest !== null) imports.push({ specifier: moduleRequest.value, at: moduleRequest.start });
  }
  const literal = (node: { type: string; start: number; value?: unknown }): void => {
    imports.push({ specifier: node.type === "Literal" && typeof node.value === "string" ? node.value : undefined, at: node.start });
  };
  new Visitor({
    ImportExpression: (node) => literal(node.source),
    TSImportType: (node) => literal(node.source),
    ClassDeclaration: (node) => void classes.push({ name: node.id?.name ?? "", at: node.start }),
    ClassExpression: (node) => void classes.push({ name: node.id?.name ?? "", at: node.start }),
    Literal: (node) => void (typeof node.value === "string" && isSql(node.value) && sql.push(node.start)),
    TemplateLiteral: (node) => void (isSql(node.quasis.map(({ value }) => value.cooked ?? value.raw).join("$")) && sql.push(node.start)),
  }).visit(parsed.program);
  return { imports, classes, sql, errors: parsed.errors.map(({ message }) => message) };
}
