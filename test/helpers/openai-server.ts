import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A request as the server got it. */
export interface Asked {
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: {
    readonly model: string;
    readonly messages: readonly { role: string; content: string }[];
    readonly input: string | readonly string[];
    readonly response_format?: {
      readonly type: string;
      readonly json_schema?: { readonly name: string; readonly strict: boolean; readonly schema: Schema };
      /** Beside JSON mode. */
      readonly schema?: Schema;
    };
    readonly [key: string]: unknown;
  };
  /** How many came before it. */
  readonly index: number;
}

/** What comes back; a body that is a text is JSON already. "hang_up": the connection breaks; "silence": nothing ever comes. */
export type Reply =
  | { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> }
  | "hang_up"
  | "silence";

export interface OpenAiServer {
  readonly url: string;
  readonly asked: readonly Asked[];
  /** Calls in flight, summed over time: mean = busyMs / the time it took. */
  busyMs(): number;
  /** From the first request to the last answer. */
  spanMs(): number;
  close(): Promise<void>;
}

type Schema = {
  readonly type?: "object" | "array" | "string" | "integer" | "number" | "boolean" | "null";
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
};

/** The smallest answer that a schema allows, with `text` where it wants words. */
export function instanceOf(schema: Schema, text: string): unknown {
  if (schema.anyOf !== undefined) return instanceOf(schema.anyOf[0]!, text);
  if (schema.enum !== undefined) return schema.enum[0];
  switch (schema.type) {
    case "object":
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([key, value]) => [key, instanceOf(value, text)]),
      );
    case "array":
      return [];
    case "string":
      return text;
    case "integer":
    case "number":
      return 1;
    case "boolean":
      return false;
    case "null":
    case undefined:
      return null;
    default:
      throw new RangeError("no instance of such a schema");
  }
}

const tokensOf = (text: string): number => Math.ceil(text.length / 4);

/** A chat completion whose content is `content`. */
export function completionOf(asked: Asked, content: string | null, more: object = {}): Reply {
  const prompt = asked.body.messages.map((message) => message.content).join("\n");
  return {
    status: 200,
    body: {
      id: `chatcmpl-${asked.index}`,
      object: "chat.completion",
      model: asked.body.model,
      choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content }, ...more }],
      usage: { prompt_tokens: tokensOf(prompt), completion_tokens: tokensOf(content ?? ""), total_tokens: 0 },
    },
  };
}

export function errorOf(
  status: number,
  code: string,
  message = "no",
  headers: Record<string, string> = {},
): Reply {
  return { status, headers, body: { error: { message, type: code, code, param: null } } };
}

/** The words of the user's first fenced line, so that answers differ as conversations do. */
function subjectOf({ body }: Asked): string {
  const user = body.messages.find(({ role }) => role === "user")?.content ?? "";
  const said = />\n([^\n]{3,})/.exec(user)?.[1] ?? user;
  return said.slice(0, 120).replace(/\s+/g, " ").trim() || "something";
}

/** What a well-behaved server answers: to chats what their schema wants, to embeddings vectors of words. */
export function goodReply(asked: Asked, dimensions = 16): Reply {
  if (asked.path.endsWith("/embeddings")) {
    const input = [asked.body.input].flat();
    const data = input.map((text, index) => ({ index, embedding: vectorOf(text, dimensions) }));
    return { status: 200, body: { data, usage: { prompt_tokens: input.join(" ").length, total_tokens: 0 } } };
  }
  const format = asked.body.response_format;
  const schema = format?.json_schema?.schema ?? format?.schema ?? {};
  return completionOf(asked, JSON.stringify(instanceOf(schema, subjectOf(asked))));
}

function vectorOf(text: string, dimensions: number): number[] {
  const vector = Array.from({ length: dimensions }, () => 0.001);
  for (const word of text.toLowerCase().match(/\p{L}+/gu) ?? []) {
    let hash = 7;
    for (const letter of word) hash = (hash * 31 + letter.codePointAt(0)!) % 100_003;
    vector[hash % dimensions]! += 1;
  }
  return vector;
}

async function bodyOf(request: IncomingMessage): Promise<Asked["body"]> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return JSON.parse(text) as Asked["body"];
}

/**
 * A server on loopback that speaks as much of OpenAI's API as is used here, and answers as the script says.
 * @param latencyMs how long each answer takes.
 */
export async function openAiServer(
  script: (asked: Asked) => Reply | Promise<Reply> = (asked) => goodReply(asked),
  latencyMs = 0,
): Promise<OpenAiServer> {
  const asked: Asked[] = [];
  let inFlight = 0;
  let busy = 0;
  let at = performance.now();
  let firstAt: number | null = null;
  let lastAt = 0;
  const move = (by: number): void => {
    const now = performance.now();
    busy += inFlight * (now - at);
    if (by !== 0) {
      firstAt ??= now;
      lastAt = now;
    }
    at = now;
    inFlight += by;
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    move(1);
    const waited = latencyMs > 0 ? sleep(latencyMs) : null;
    try {
      const got = {
        path: request.url ?? "",
        headers: request.headers,
        body: await bodyOf(request),
        index: asked.length,
      };
      asked.push(got);
      const reply = await script(got);
      await waited;
      if (reply === "silence") return;
      if (reply === "hang_up") {
        request.socket.destroy();
        return;
      }
      response.writeHead(reply.status, { "content-type": "application/json", ...reply.headers });
      response.end(typeof reply.body === "string" ? reply.body : JSON.stringify(reply.body));
    } finally {
      move(-1);
    }
  };
  const server: Server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    asked,
    spanMs: () => (firstAt === null ? 0 : lastAt - firstAt),
    busyMs: () => {
      move(0);
      return busy;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
