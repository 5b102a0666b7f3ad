import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { PermanentError } from "../errors.ts";

/** What the inputs on disk and in S3 share: telling that one is compressed, and decompressing it safely. */

/** When a compressed input is refused as a decompression bomb. */
export interface ExpansionLimits {
  /** Most bytes after decompression. */
  maxBytes: number;
  /** Most bytes out per byte in, from `ratioFromBytes` bytes out on. Conversations compress 3 to 20 times. */
  maxRatio: number;
  ratioFromBytes: number;
}

/**
 * 100 GiB is far above any input a run finishes; a ratio above 1000 needs a file of nearly one byte repeated (DEFLATE
 * ends at 1032), and 64 MiB leaves small test files alone.
 */
const DEFAULT_LIMITS: ExpansionLimits = {
  maxBytes: 100 * 2 ** 30,
  maxRatio: 1000,
  ratioFromBytes: 64 * 2 ** 20,
};

/** Bytes decompressed at a time. */
const CHUNK_BYTES = 1 << 20;

/** Whether a file that starts with these bytes is gzip: its two magic bytes (RFC 1952). */
export function beginsAsGzip(bytes: ArrayLike<number>): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Whether an input is compressed, by its first bytes or by its name. */
export function isCompressed(name: string, begins: boolean): boolean {
  return begins || name.toLowerCase().endsWith(".gz");
}

export interface InputContent {
  /** Base name of the input, for the errors. */
  readonly name: string;
  /** Whether it begins as gzip. */
  readonly begins: boolean;
  /** Bytes as stored; asked for only when it matters. */
  size(): Promise<number>;
  readonly limits: Partial<ExpansionLimits>;
}

/** The content of an input out of its stored bytes, decompressed if it is compressed. */
export async function* inputContent(
  stored: AsyncIterable<Uint8Array>,
  { name, begins, size, limits }: InputContent,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (!isCompressed(name, begins)) {
    yield* stored;
    return;
  }
  // Of an empty archive everything is missing: truncated.
  if (!begins && (await size()) > 0) throw notGzip(name);
  yield* decompressed(stored, name, { ...DEFAULT_LIMITS, ...limits });
}

/** Decompresses one or more concatenated gzip members; zero bytes after the last are padding. */
async function* decompressed(
  stored: AsyncIterable<Uint8Array>,
  name: string,
  { maxBytes, maxRatio, ratioFromBytes }: ExpansionLimits,
): AsyncGenerator<Uint8Array, void, undefined> {
  const source = Readable.from(stored, { objectMode: false, highWaterMark: CHUNK_BYTES });
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  source.on("error", (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  let size = 0;
  try {
    for await (const chunk of gunzip as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      const ratio = size / gunzip.bytesWritten;
      if (size > maxBytes || (size > ratioFromBytes && ratio > maxRatio)) throw tooLarge(name, size);
      yield chunk;
    }
  } catch (error) {
    throw archiveFault(error, name);
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

function notGzip(name: string): PermanentError {
  return new PermanentError(`The input ${name} is named as gzip but is not.`, {
    code: "not_gzip",
    hint: "Rename it without .gz if it is plain JSONL.",
  });
}

function tooLarge(name: string, size: number): PermanentError {
  return new PermanentError(
    `The input ${name} was refused after ${size} decompressed bytes: it expands too far.`,
    {
      code: "too_large",
      hint: "If you trust the file, decompress it yourself and give the plain JSONL file.",
    },
  );
}

function archiveFault(error: unknown, name: string): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  // zlib's names: the input ended within a member; the bytes are not DEFLATE or fail their checksum.
  if (error.code === "Z_BUF_ERROR") {
    return new PermanentError(`The input ${name} is cut off: the archive ends in the middle.`, {
      code: "truncated_gzip",
      hint: "Copy or compress the file again.",
    });
  }
  if (error.code === "Z_DATA_ERROR" || error.code === "Z_NEED_DICT") {
    return new PermanentError(`The input ${name} is damaged: its archive cannot be decompressed.`, {
      code: "corrupt_gzip",
      hint: "Copy or compress the file again.",
    });
  }
  return error;
}
