import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

export interface FormTokens {
  /** A token for this visitor; another one each time, so that compressed pages do not give it away (BREACH). */
  issue(visitorId: string): string;
  check(token: unknown, visitorId: string): boolean;
}

const saltBytes = 9;
const tagBytes = 24;

/** `key`: 32 bytes in hex. `visitorId`: the session's id hash, or the cookie of a visitor who is not signed in. */
export function createFormTokens(key: string): FormTokens {
  const tagOf = (salt: Buffer, visitorId: string): Buffer =>
    createHmac("sha256", Buffer.from(key, "hex")).update(salt).update(visitorId).digest().subarray(0, tagBytes);
  return {
    issue: (visitorId) => {
      const salt = randomBytes(saltBytes);
      return Buffer.concat([salt, tagOf(salt, visitorId)]).toString("base64url");
    },
    check: (token, visitorId) => {
      if (typeof token !== "string" || token.length > 100 || visitorId === "") return false;
      const bytes = Buffer.from(token, "base64url");
      if (bytes.length !== saltBytes + tagBytes) return false;
      return timingSafeEqual(bytes.subarray(saltBytes), tagOf(bytes.subarray(0, saltBytes), visitorId));
    },
  };
}
