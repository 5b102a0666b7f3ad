import { createServer } from "node:http";
import { listenOnLoopback } from "./loopback.ts";

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  /** Null without a body. */
  readonly body: unknown;
}

export interface Answered {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface ScriptedHttp {
  readonly url: string;
  readonly asked: readonly Asked[];
  close(): Promise<void>;
}

/** A server of JSON on the loopback address; `answer` also gets the number of the request, from 0. */
export async function scriptedHttp(answer: (asked: Asked, index: number) => Answered): Promise<ScriptedHttp> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
    request.on("end", () => {
      const { method = "", url: path = "", headers } = request;
      const body: unknown = text === "" ? null : JSON.parse(text);
      const one = { method, path, authorization: headers.authorization, body };
      asked.push(one);
      const answered = answer(one, asked.length - 1);
      response.writeHead(answered.status, { "content-type": "application/json", ...answered.headers });
      response.end(JSON.stringify(answered.body));
    });
  });
  const { port, close } = await listenOnLoopback(server, () => server.closeAllConnections());
  return { url: `http://127.0.0.1:${port}`, asked, close };
}
