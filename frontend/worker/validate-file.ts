import type { UsersMode, ValidationReport } from "../../shared/contracts/validation.ts";
import { validateChunks } from "../../shared/domain/input/validate.ts";

/** Looks between which progress is told: often enough to move, seldom enough to cost nothing. */
const TELL_EVERY_BYTES = 2 ** 20;

async function* chunksOf(
  stream: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      signal.throwIfAborted();
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** Counts what passes, so that progress of a compressed file is that of its own bytes. */
function counted(onBytes: (bytes: number) => void): TransformStream<Uint8Array, Uint8Array> {
  return new TransformStream({
    transform(chunk, controller) {
      onBytes(chunk.length);
      controller.enqueue(chunk);
    },
  });
}

/** The same validation as `clio validate-input`, streamed from the file that the browser holds; nothing is sent anywhere. */
export async function validateFile(
  file: File,
  users: UsersMode,
  signal: AbortSignal,
  onProgress: (bytes: number, total: number) => void,
): Promise<ValidationReport> {
  let read = 0;
  let told = 0;
  const stored = file.stream().pipeThrough(
    counted((bytes) => {
      read += bytes;
      if (read - told >= TELL_EVERY_BYTES || read === file.size) {
        told = read;
        onProgress(read, file.size);
      }
    }),
  );
  const plain = file.name.endsWith(".gz")
    ? stored.pipeThrough(new DecompressionStream("gzip") as TransformStream<Uint8Array, Uint8Array>)
    : stored;
  return validateChunks(chunksOf(plain, signal), { name: file.name, users });
}
