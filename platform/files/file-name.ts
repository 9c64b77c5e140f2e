const mostLength = 120;

/** The name as it may be kept and shown: no path, no control or direction characters (they can hide the real ending). */
export function safeName(given: string): string {
  const name = given.slice(Math.max(given.lastIndexOf("/"), given.lastIndexOf("\\")) + 1);
  const ending = /\.[a-z0-9]{1,9}$/i.exec(name)?.[0] ?? "";
  const clean = name
    .slice(0, name.length - ending.length)
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}<>:"|?*]/gu, "")
    .replace(/^[.\s]+|[.\s]+$/g, "");
  const stem = [...clean].slice(0, mostLength).join("");
  return (stem === "" ? "file" : stem) + ending;
}

/** The header for a download under this name (RFC 6266, RFC 8187): plain for old readers, UTF-8 for the rest. */
export function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%;]/g, "_");
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
