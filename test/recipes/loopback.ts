import { once } from "node:events";
import type { Server } from "node:net";

/** Starts a server on a free port of the loopback address; closing it first ends, by `hangUp`, the connections that are open. */
export async function listenOnLoopback(
  server: Server,
  hangUp: () => void,
): Promise<{ port: number; close: () => Promise<void> }> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    port: address.port,
    async close() {
      hangUp();
      server.close();
      await once(server, "close");
    },
  };
}
