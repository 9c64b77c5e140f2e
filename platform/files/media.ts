import type { MediaType } from "#platform/files/stored-file.ts";
import { problem } from "#platform/problem.ts";

/** How many bytes of a file's beginning the checks may ask for: a photo's size stands behind its metadata. */
export const headBytes = 512 * 1024;

const mostPixels = 40_000_000;

const endings: Readonly<Record<string, MediaType>> = {
  pdf: "application/pdf",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
};

/** The type that the first bytes show, or null. Only from byte 0: a reader that searches for a mark can be led astray. */
function typeByContent(head: Buffer): MediaType | null {
  if (head.subarray(0, 5).toString("latin1") === "%PDF-") return "application/pdf";
  if (head.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return "image/jpeg";
  return head.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) ? "image/png" : null;
}

/** The type of a file whose name, declared type and content agree; else a 415 that says what is wrong. */
export function agreedType(head: Buffer, name: string, declared: string): MediaType {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? "";
  const byName = Object.hasOwn(endings, ending) ? endings[ending] : undefined;
  const byContent = typeByContent(head);
  if (byName === undefined) throw problem("file.type_not_allowed");
  // Phones and old browsers say octet-stream; a declared picture or document must be one.
  const lies = Object.values(endings).includes(declared as MediaType) && declared !== byContent;
  if (byContent !== byName || lies) throw problem("file.type_mismatch");
  return byContent;
}

/** Refuses a picture that is damaged or would unpack to more than 40 million pixels (160 MB). */
export function checkPixels(head: Buffer, mediaType: MediaType): void {
  if (mediaType === "application/pdf") return;
  const size = mediaType === "image/png" ? pngSize(head) : jpegSize(head);
  if (size === null || size.width === 0 || size.height === 0) throw problem("file.damaged");
  if (size.width * size.height > mostPixels) throw problem("file.too_many_pixels", { params: { ...size } });
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The first chunk is IHDR: width and height as 32 bits each. */
function pngSize(head: Buffer): Size | null {
  if (head.length < 24 || head.subarray(12, 16).toString("latin1") !== "IHDR") return null;
  return { width: head.readUInt32BE(16), height: head.readUInt32BE(20) };
}

/** Segments are skipped by their length until a start of frame (SOF0 to SOF15 without DHT, JPG and DAC). */
function jpegSize(head: Buffer): Size | null {
  let at = 2;
  while (at + 9 <= head.length) {
    if (head[at] !== 0xff) return null;
    const marker = head[at + 1] ?? 0;
    if (marker === 0xff) at += 1;
    else if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      return { height: head.readUInt16BE(at + 5), width: head.readUInt16BE(at + 7) };
    } else at += 2 + Math.max(2, head.readUInt16BE(at + 2));
  }
  return null;
}
