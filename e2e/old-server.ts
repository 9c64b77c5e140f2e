import { createServer, type Server, type Socket } from "node:net";

/**
 * Speaks just enough of PostgreSQL's protocol (3.0) to let a client in and to say which version it is: servers before 15 are
 * not to be had everywhere, and what counts is that the platform asks and believes.
 */
export async function serveOldPostgres(version: string): Promise<{ readonly port: number; readonly close: () => void }> {
  const server = createServer((socket) => converse(socket, version));
  const port = await listening(server);
  return { port, close: () => void server.close() };
}

function converse(socket: Socket, version: string): void {
  socket.once("data", () => {
    socket.write(Buffer.concat([message("R", int32(0)), ready]));
    socket.on("data", (data) => {
      if (data[0] !== "Q".charCodeAt(0)) return void socket.end();
      const column = Buffer.concat([int16(1), text("server_version_num"), int32(0), int16(0), int32(25), int16(-1), int32(-1), int16(0)]);
      const row = Buffer.concat([int16(1), int32(version.length), Buffer.from(version)]);
      socket.write(Buffer.concat([message("T", column), message("D", row), message("C", text("SHOW")), ready]));
    });
  });
  socket.on("error", () => undefined);
}

const ready = message("Z", Buffer.from("I"));

function message(type: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

function text(value: string): Buffer {
  return Buffer.from(`${value}\0`);
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen({ host: "127.0.0.1", port: 0 }, () => {
      const address = server.address();
      resolve(address !== null && typeof address === "object" ? address.port : 0);
    });
  });
}
