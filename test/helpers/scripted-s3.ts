import { createServer } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import { CREDENTIALS, REGION } from "../../localstack/environment.ts";
import type { AwsClientOptions } from "../../shared/adapters/aws/clients.ts";
import { listenOnLoopback } from "../recipes/loopback.ts";

export interface S3Asked {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface S3Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Bytes of the body after which the connection breaks; 0: before the head. */
  readonly cutAfter?: number;
}

export interface ScriptedS3 {
  readonly options: AwsClientOptions;
  readonly asked: readonly S3Asked[];
  close(): Promise<void>;
}

/** A server of one's own answers on the loopback address; `answer` also gets the number of the request, from 0. */
export async function scriptedS3(answer: (asked: S3Asked, index: number) => S3Answer): Promise<ScriptedS3> {
  const asked: S3Asked[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      const one = { method, url, headers, body: Buffer.concat(chunks) };
      asked.push(one);
      const { status, headers: told, body = "", cutAfter } = answer(one, asked.length - 1);
      if (cutAfter === 0) {
        request.socket.destroy();
        return;
      }
      const bytes = Buffer.from(body);
      response.writeHead(status, { "content-length": String(bytes.length), ...told });
      if (cutAfter === undefined) response.end(method === "HEAD" ? "" : bytes);
      else response.write(bytes.subarray(0, cutAfter), () => request.socket.destroySoon());
    });
  });
  const { port, close } = await listenOnLoopback(server, () => server.closeAllConnections());
  const options = { endpoint: `http://127.0.0.1:${port}`, region: REGION, credentials: CREDENTIALS };
  return { options, asked, close };
}

/** An answer that says no. */
export function s3Error(
  status: number,
  code: string,
  headers: Readonly<Record<string, string>> = {},
): S3Answer {
  const body = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>A SECRET message of ${code}</Message></Error>`;
  return { status, headers: { "content-type": "application/xml", ...headers }, body };
}
