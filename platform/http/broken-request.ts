import type { Socket } from "node:net";
import { problem, problemBody } from "#platform/problem.ts";
import type { PlatformCode } from "#platform/problem-words.ts";

const codes: Readonly<Record<string, PlatformCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: "slow_request",
  HPE_HEADER_OVERFLOW: "headers_too_large",
};

/** A request that Node could not read to its end has no reply object: the answer is written to the socket, and the socket closed. */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const found = problem(codes[error.code ?? ""] ?? "bad_request");
  const body = JSON.stringify(problemBody(found, "zh", crypto.randomUUID()));
  const head = `HTTP/1.1 ${found.status} ${found.code}\r\ncontent-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(body)}`;
  socket.end(`${head}\r\ncache-control: no-store\r\nconnection: close\r\n\r\n${body}`);
}
