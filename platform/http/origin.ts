import type { IncomingHttpHeaders } from "node:http";
import { problem } from "#platform/problem.ts";

/**
 * A change must come from a page of this site. Browsers say where a request comes from in `Sec-Fetch-Site` and, on a POST, in
 * `Origin`; a page of another site can forge neither. `proven` asks for one of them: a form can be sent from anywhere, JSON cannot.
 */
export function checkOrigin(headers: IncomingHttpHeaders, host: string, proven: boolean): void {
  const site = headers["sec-fetch-site"];
  const { origin } = headers;
  if (site !== undefined && site !== "same-origin") throw problem("foreign_origin");
  // "null" comes from sandboxed frames and from pages that hide their address: nobody we know.
  if (origin !== undefined && hostOf(origin) !== host) throw problem("foreign_origin");
  if (proven && site === undefined && origin === undefined) throw problem("foreign_origin");
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
