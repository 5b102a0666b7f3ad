import { createServer } from "node:http";
import { listenOnLoopback } from "../recipes/loopback.ts";

export interface LossyProxy {
  readonly endpoint: string;
  /** From now on the answer to the next request of this target ("UpdateItem") is lost, after the request was carried out. */
  loseNext(target: string): void;
  close(): Promise<void>;
}

/** Hands requests of AWS's JSON protocol on to an endpoint, and loses answers when told. */
export async function lossyProxy(endpoint: string): Promise<LossyProxy> {
  let lost: string | null = null;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const target = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
      const lose = target === lost;
      if (lose) lost = null;
      void (async () => {
        const headers = Object.fromEntries(
          ["x-amz-target", "content-type", "authorization", "x-amz-date"].flatMap((name) => {
            const value = request.headers[name];
            return typeof value === "string" ? [[name, value]] : [];
          }),
        );
        const answer = await fetch(endpoint, { method: "POST", headers, body: Buffer.concat(chunks) });
        const body = Buffer.from(await answer.arrayBuffer());
        if (lose) request.socket.destroy();
        else response.writeHead(answer.status, { "content-type": "application/x-amz-json-1.0" }).end(body);
      })();
    });
  });
  const { port, close } = await listenOnLoopback(server, () => server.closeAllConnections());
  return {
    endpoint: `http://127.0.0.1:${port}`,
    loseNext: (target) => {
      lost = target;
    },
    close,
  };
}
