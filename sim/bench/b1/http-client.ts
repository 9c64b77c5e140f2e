import { randomUUID } from "node:crypto";
import { Agent, type IncomingHttpHeaders, request } from "node:http";

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

export interface HttpClient {
  /** A POST of JSON with an Idempotency-Key of its own. */
  post(path: string, body: object, session?: string): Promise<Reply>;
  close(): void;
}

/** Kept-alive connections to one server, as many as there are requests at once. */
export function httpClient(port: number): HttpClient {
  const agent = new Agent({ keepAlive: true });
  const post = (path: string, body: object, session?: string) =>
    new Promise<Reply>((resolve, reject) => {
      const bytes = Buffer.from(JSON.stringify(body));
      const headers = {
        "content-type": "application/json",
        "content-length": bytes.length,
        "idempotency-key": randomUUID(),
        ...(session === undefined ? {} : { cookie: `session=${session}` }),
      };
      const sent = request({ agent, host: "127.0.0.1", port, path, method: "POST", headers }, (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("error", reject);
        response.on("end", () => {
          const text = Buffer.concat(parts).toString("utf8");
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text === "" ? null : JSON.parse(text) });
        });
      });
      sent.on("error", reject);
      sent.end(bytes);
    });
  return { post, close: () => agent.destroy() };
}
