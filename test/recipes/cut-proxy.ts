import { connect, createServer } from "node:net";
import type { Socket } from "node:net";
import { listenOnLoopback } from "./loopback.ts";

export interface CutProxy {
  readonly port: number;
  /** When the bytes are through and the connection was cut, or from then on hangs. */
  readonly reached: Promise<void>;
  close(): Promise<void>;
}

/** A server on the loopback address that hands `bytes` bytes of answers on and then cuts the connection, or lets it hang. */
export async function cutProxy(target: number, bytes: number, then: "cut" | "hang"): Promise<CutProxy> {
  const sockets: Socket[] = [];
  let left = bytes;
  let reach = (): void => {};
  const reached = new Promise<void>((done) => {
    reach = done;
  });
  const server = createServer((client) => {
    const upstream = connect(target, "127.0.0.1");
    sockets.push(client, upstream);
    for (const socket of [client, upstream]) socket.on("error", () => {});
    client.pipe(upstream);
    client.on("close", () => upstream.destroy());
    upstream.on("data", (chunk) => {
      client.write(chunk.subarray(0, left));
      left -= Math.min(left, chunk.length);
      if (left > 0) return;
      upstream.pause();
      if (then === "cut") client.destroySoon();
      reach();
    });
  });
  const hangUp = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return { ...(await listenOnLoopback(server, hangUp)), reached };
}
