import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

export type Encoding = "utf-8" | "utf-16le" | "gb18030";

export interface FileFacts {
  /** SHA-256 of the bytes, hex: the same file is the same import. */
  readonly hash: string;
  readonly bytes: number;
  /** Null if the file is no text: it holds NUL bytes. */
  readonly encoding: Encoding | null;
}

/**
 * More than one broken sequence in ten characters beyond ASCII means that the file is not UTF-8 at all. Fewer are damaged
 * rows of a UTF-8 file; taking the whole file for GB18030 because of one bad byte would turn every row into nonsense.
 */
const damagedShare = 0.1;

/** Reads the file once, in pieces: its hash, its size and what its bytes mean. */
export async function readFileFacts(path: string): Promise<FileFacts> {
  const hash = createHash("sha256");
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const seen = { bytes: 0, nul: false, wide: 0, damaged: 0 };
  let start = Buffer.alloc(0);
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    if (start.length < 4) start = Buffer.concat([start, piece.subarray(0, 4)]);
    hash.update(piece);
    seen.bytes += piece.length;
    seen.nul ||= piece.includes(0);
    count(decoder.decode(piece, { stream: true }), seen);
  }
  count(decoder.decode(), seen);
  return { hash: hash.digest("hex"), bytes: seen.bytes, encoding: encodingOf(start, seen) };
}

interface Counted {
  readonly nul: boolean;
  wide: number;
  damaged: number;
}

function count(text: string, into: Counted): void {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    into.wide += 1;
    if (unit === 0xfffd) into.damaged += 1;
  }
}

function encodingOf(start: Buffer, { nul, wide, damaged }: Counted): Encoding | null {
  if (start[0] === 0xff && start[1] === 0xfe) return "utf-16le";
  if (nul) return null;
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return "utf-8";
  return damaged > wide * damagedShare ? "gb18030" : "utf-8";
}

/** The file as text, piece by piece, without its byte-order mark. Bytes that mean nothing become U+FFFD. */
export async function* textOf(path: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) yield decoder.decode(piece, { stream: true });
  yield decoder.decode();
}
