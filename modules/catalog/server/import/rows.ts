/** A line of the file, its number from 1. `tooLong`: the text is only its beginning, the rest was thrown away unread. */
interface Line {
  readonly number: number;
  readonly text: string;
  readonly tooLong: boolean;
}

export type RowFault = "row_too_long" | "quote_open";

/** One record: the line on which it begins, its cells, and what kept it from being read. */
export interface RawRow {
  readonly line: number;
  readonly cells: readonly string[];
  readonly fault: RowFault | null;
}

/** A row of an item list is a few hundred characters; 64 Ki leaves room for pasted texts and none for a 1 GB line. */
const longestRow = 65_536;
/** Of a line too long to read so much is kept for the quarantine. */
const keptOfLongLine = 1_000;
/** A quoted cell may hold line breaks, but a forgotten quote must not swallow the rest of the file. */
const mostLinesOfARow = 20;

/** Lines ended by LF, CRLF or CR, never holding more than `longestRow` characters in memory. */
async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<Line> {
  let rest = "";
  let number = 1;
  let cut = false;
  let afterCr = false;
  for await (const piece of pieces) {
    let from = afterCr && piece.startsWith("\n") ? 1 : 0;
    if (piece.length > 0) afterCr = piece.endsWith("\r");
    for (const end of piece.matchAll(/\r\n|\n|\r/g)) {
      if (end.index < from) continue;
      yield line(number++, rest + piece.slice(from, end.index), cut);
      rest = "";
      cut = false;
      from = end.index + end[0].length;
    }
    rest += piece.slice(from);
    if (rest.length > longestRow) {
      rest = rest.slice(0, keptOfLongLine);
      cut = true;
    }
  }
  if (rest !== "") yield line(number, rest, cut);
}

function line(number: number, text: string, cut: boolean): Line {
  const tooLong = cut || text.length > longestRow;
  return { number, text: tooLong ? text.slice(0, keptOfLongLine) : text, tooLong };
}

/** Cells of a record (RFC 4180), or null while a quoted cell is still open. A quote inside a bare cell is an ordinary character. */
function cellsOf(text: string, separator: string): readonly string[] | null {
  const cells: string[] = [];
  let at = 0;
  while (true) {
    const quoted = text[at] === '"' ? quotedCell(text, at, separator) : null;
    if (quoted === "open") return null;
    const end = quoted?.end ?? endOfBare(text, at, separator);
    const value = quoted?.value ?? text.slice(at, end);
    if (quoted === null && value.includes("\n")) return null;
    cells.push(value);
    if (end >= text.length) return cells;
    at = end + 1;
  }
}

function endOfBare(text: string, from: number, separator: string): number {
  const end = text.indexOf(separator, from);
  return end === -1 ? text.length : end;
}

/** Null if the quotes belong to the text itself, as in `"一件事"办理`. */
function quotedCell(text: string, from: number, separator: string): { readonly value: string; readonly end: number } | "open" | null {
  let value = "";
  let at = from + 1;
  while (true) {
    const close = text.indexOf('"', at);
    if (close === -1) return "open";
    value += text.slice(at, close);
    if (text[close + 1] === '"') {
      value += '"';
      at = close + 2;
      continue;
    }
    if (close + 1 === text.length || text[close + 1] === separator) return { value, end: close + 1 };
    return null;
  }
}

/** Tab or comma, whichever the header has more of. */
function separatorOf(header: string): "\t" | "," {
  return header.split("\t").length >= header.split(",").length ? "\t" : ",";
}

/**
 * The records of a file in order, without empty lines; the first is the header. If a quote stays open, or closes so that the
 * record has another number of cells than the header, its first line is a fault by itself and the lines after it are
 * read anew: a forgotten quote costs one row, not the rest of the file.
 */
export async function* rowsOf(pieces: AsyncIterable<string>): AsyncGenerator<RawRow> {
  const source = linesOf(pieces)[Symbol.asyncIterator]();
  const returned: Line[] = [];
  const next = async (): Promise<Line | null> => returned.shift() ?? (await source.next()).value ?? null;
  let shape: Shape | null = null;
  for (let first = await next(); first !== null; first = await next()) {
    if (first.text.trim() === "") continue;
    const separator: string = shape?.separator ?? separatorOf(first.text);
    const row: RawRow = first.tooLong
      ? faulty(first, "row_too_long")
      : await rowFrom(first, next, returned, separator, shape?.width ?? null);
    shape ??= { separator, width: row.cells.length };
    yield row;
  }
}

interface Shape {
  readonly separator: string;
  readonly width: number;
}

async function rowFrom(
  first: Line,
  next: () => Promise<Line | null>,
  returned: Line[],
  separator: string,
  width: number | null,
): Promise<RawRow> {
  const lines: Line[] = [first];
  let cells = cellsOf(first.text, separator);
  while (cells === null && lines.length < mostLinesOfARow) {
    const more = await next();
    if (more === null) break;
    lines.push(more);
    if (more.tooLong) break;
    cells = cellsOf(lines.map(({ text }) => text).join("\n"), separator);
  }
  if (cells !== null && (lines.length === 1 || cells.length === (width ?? cells.length))) return { line: first.number, cells, fault: null };
  returned.unshift(...lines.slice(1));
  return faulty(first, "quote_open");
}

function faulty({ number, text }: Line, fault: RowFault): RawRow {
  return { line: number, cells: [text], fault };
}
