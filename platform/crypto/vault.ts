import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Keys } from "#platform/crypto/keys.ts";

/** What seals personal data. A port: a later profile puts a hardware module behind it (GB/T 39786). */
export interface Vault {
  /** A text as `keyId.base64url`; sealed twice it gives two different texts. */
  seal(text: string): string;
  /** The text, or an error if a single bit is not as it was sealed. */
  open(sealed: string): string;
  /** The same for bytes, without the third that base64 adds: for long answers. */
  sealBytes(bytes: Buffer): Buffer;
  openBytes(sealed: Buffer): Buffer;
  /** 16 bytes in hex to find a sealed value by. `kind` keeps a phone and an identity number of the same digits apart. */
  blindIndex(kind: string, normalised: string): string;
}

const ivBytes = 16;
const tagBytes = 32;

/** SM4-CTR (GB/T 32907), then HMAC-SM3 (GB/T 32905) over key id, initial value and cipher text. */
export function createVault(keys: Keys): Vault {
  const keyOf = (id: string): { readonly cipher: Buffer; readonly mac: Buffer } => {
    const key = Object.hasOwn(keys.columns, id) ? keys.columns[id] : undefined;
    if (key === undefined) throw new Error(`the key ${id} is not in keys.json`);
    return { cipher: Buffer.from(key.cipher, "hex"), mac: Buffer.from(key.mac, "hex") };
  };
  const blindKey = Buffer.from(keys.blindIndex, "hex");
  const sealBody = (bytes: Buffer): Buffer => {
    const { cipher, mac } = keyOf(keys.current);
    const iv = randomBytes(ivBytes);
    const sm4 = createCipheriv("sm4-ctr", cipher, iv);
    const body = Buffer.concat([iv, sm4.update(bytes), sm4.final()]);
    return Buffer.concat([body, tagOf(mac, keys.current, body)]);
  };
  const openBody = (id: string, sealed: Buffer): Buffer => {
    const { cipher, mac } = keyOf(id);
    const body = sealed.subarray(0, Math.max(0, sealed.length - tagBytes));
    const tag = sealed.subarray(body.length);
    if (body.length < ivBytes || !timingSafeEqual(tag, tagOf(mac, id, body))) throw new Error("a sealed value was altered");
    const sm4 = createDecipheriv("sm4-ctr", cipher, body.subarray(0, ivBytes));
    return Buffer.concat([sm4.update(body.subarray(ivBytes)), sm4.final()]);
  };
  return {
    seal: (text) => `${keys.current}.${sealBody(Buffer.from(text, "utf8")).toString("base64url")}`,
    open: (sealed) => {
      const dot = sealed.indexOf(".");
      return openBody(sealed.slice(0, Math.max(dot, 0)), Buffer.from(sealed.slice(dot + 1), "base64url")).toString("utf8");
    },
    sealBytes: (bytes) => Buffer.concat([Buffer.from([keys.current.length]), Buffer.from(keys.current, "latin1"), sealBody(bytes)]),
    openBytes: (sealed) => {
      const end = 1 + (sealed[0] ?? 0);
      return openBody(sealed.subarray(1, end).toString("latin1"), sealed.subarray(end));
    },
    blindIndex: (kind, normalised) => createHmac("sm3", blindKey).update(`${kind}\0${normalised}`).digest().subarray(0, 16).toString("hex"),
  };
}

function tagOf(mac: Buffer, id: string, body: Buffer): Buffer {
  return createHmac("sm3", mac).update(`${id}.`).update(body).digest();
}
