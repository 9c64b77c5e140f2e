import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Keys } from "#platform/crypto/keys.ts";

/** What seals personal data. A port: a later profile puts a hardware module behind it (GB/T 39786). */
export interface Vault {
  /** A text as `keyId.base64url`; sealed twice it gives two different texts. */
  seal(text: string): string;
  /** The text, or an error if a single bit is not as it was sealed. */
  open(sealed: string): string;
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
  return {
    seal: (text) => {
      const { cipher, mac } = keyOf(keys.current);
      const iv = randomBytes(ivBytes);
      const sm4 = createCipheriv("sm4-ctr", cipher, iv);
      const body = Buffer.concat([iv, sm4.update(text, "utf8"), sm4.final()]);
      return `${keys.current}.${Buffer.concat([body, tagOf(mac, keys.current, body)]).toString("base64url")}`;
    },
    open: (sealed) => {
      const dot = sealed.indexOf(".");
      const id = sealed.slice(0, Math.max(dot, 0));
      const { cipher, mac } = keyOf(id);
      const bytes = Buffer.from(sealed.slice(dot + 1), "base64url");
      const body = bytes.subarray(0, Math.max(0, bytes.length - tagBytes));
      const tag = bytes.subarray(body.length);
      if (body.length < ivBytes || !timingSafeEqual(tag, tagOf(mac, id, body))) throw new Error("a sealed value was altered");
      const sm4 = createDecipheriv("sm4-ctr", cipher, body.subarray(0, ivBytes));
      return Buffer.concat([sm4.update(body.subarray(ivBytes)), sm4.final()]).toString("utf8");
    },
    blindIndex: (kind, normalised) => createHmac("sm3", blindKey).update(`${kind}\0${normalised}`).digest().subarray(0, 16).toString("hex"),
  };
}

function tagOf(mac: Buffer, id: string, body: Buffer): Buffer {
  return createHmac("sm3", mac).update(`${id}.`).update(body).digest();
}
