/** A word, a name, a string or a sign of SQL. `text` is as written, quotes included; `at` is its offset in the file. */
export type Token = { readonly text: string; readonly at: number };

/** Tokens of one statement without its semicolon. `comment` is what stands right before it. */
export type Statement = { readonly tokens: readonly Token[]; readonly comment: string };

const TOKEN =
  /(?<space>\s+)|(?<comment>--[^\n]*|\/\*[^]*?\*\/)|(?<quoted>\$(?<tag>\w*)\$[^]*?\$\k<tag>\$|'(?:[^']|'')*'|"(?:[^"]|"")*")|(?<word>[A-Za-z_][\w$]*|\d[\w.]*)|(?<sign>::|<=|>=|<>|!=|\|\||[^])/gy;

/** Splits a migration into statements. Dollar-quoted bodies stay whole: what is inside a function is not looked at. */
export function statements(sql: string): readonly Statement[] {
  const found: Statement[] = [];
  let tokens: Token[] = [];
  let comment = "";
  let freshLine = true;
  for (const match of sql.matchAll(TOKEN)) {
    const groups = match.groups ?? {};
    // A comment behind the semicolon still speaks of the statement that has ended.
    if (groups["space"]?.includes("\n") === true) freshLine = true;
    if (groups["comment"] !== undefined && tokens.length === 0 && freshLine) comment += match[0];
    if (groups["space"] !== undefined || groups["comment"] !== undefined) continue;
    if (match[0] !== ";") tokens.push({ text: match[0], at: match.index });
    else {
      found.push({ tokens, comment });
      tokens = [];
      comment = "";
      freshLine = false;
    }
  }
  return tokens.length === 0 ? found : [...found, { tokens, comment }];
}

/** The tokens as one line with single blanks and no blank round dots and brackets: what the rules match on. */
export function plain(tokens: readonly Token[]): string {
  return tokens
    .map(({ text }) => text)
    .join(" ")
    .replace(/ ?([.(]|::) ?/g, "$1")
    .replace(/ ([),])/g, "$1");
}

/** The parts between the outermost brackets of `create table x (…)`, split at its commas. */
export function parts(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const found: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.text === ")") depth -= 1;
    if (depth === 0 && token.text === ")") break;
    if (depth === 1 && token.text === ",") found.push([]);
    else if (depth > 0) found.at(-1)?.push(token);
    if (token.text === "(") depth += 1;
  }
  return found.filter((part) => part.length > 0);
}
