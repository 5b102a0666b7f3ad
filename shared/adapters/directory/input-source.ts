import type { Stats } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { PermanentError, UsageError } from "../../errors.ts";
import type { InputSource } from "../../ports/input-source.ts";
import { errnoOf, isMissing, storageFault, translated } from "./faults.ts";
import type { OpenFile } from "./files.ts";
import { checkRange, openRegular, readRange } from "./files.ts";

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

/**
 * The input in a local file, compressed (gzip) if its name ends in ".gz" or it begins with gzip's two magic bytes.
 * The file is opened for each reading; a symbolic link to a file will do.
 * Throws UsageError unless it is a regular, readable file: "input_not_found", "input_is_folder", "input_not_a_file"
 * (pipe, socket, device: never opened), "input_no_permission".
 */
export async function fileInput(path: string, limits: Partial<ExpansionLimits> = {}): Promise<InputSource> {
  const name = basename(path);
  const doing = `read the input ${name}`;
  await checkRegular(path);
  const magic = await beginsAsGzip(path, doing);
  const compressed = magic || name.toLowerCase().endsWith(".gz");

  async function size(): Promise<number> {
    return (await translated(doing, () => stat(path))).size;
  }

  async function opened(): Promise<OpenFile> {
    const file = await translated(doing, () => openRegular(path, true));
    if (file === null) throw new PermanentError(`The input ${name} is gone.`, { code: "input_not_found" });
    return file;
  }

  return {
    name,
    compressed,

    size,

    async *stream(range) {
      checkRange(range);
      yield* readRange(await opened(), range, doing);
    },

    async *content() {
      // Of an empty archive everything is missing: truncated.
      if (compressed && !magic && (await size()) > 0) throw notGzip(name);
      const stored = readRange(await opened(), { start: 0 }, doing);
      yield* compressed ? decompressed(stored, name, { ...DEFAULT_LIMITS, ...limits }) : stored;
    },
  };
}

async function checkRegular(path: string): Promise<void> {
  let stats: Stats;
  try {
    stats = await stat(path);
  } catch (error) {
    throw unreadable(path, error);
  }
  if (stats.isFile()) return;
  if (stats.isDirectory()) {
    throw new UsageError(`The input ${path} is a folder.`, {
      code: "input_is_folder",
      hint: "Name one JSONL file with --input.",
    });
  }
  throw new UsageError(`The input ${path} is not a regular file.`, {
    code: "input_not_a_file",
    hint: "Write the conversations to a file first: a run reads its input more than once.",
  });
}

function unreadable(path: string, error: unknown): unknown {
  if (isMissing(error) || errnoOf(error) === "ENAMETOOLONG") {
    return new UsageError(path === "" ? "The name of the input is empty." : `There is no file ${path}.`, {
      code: "input_not_found",
      hint: "Check the path given to --input.",
    });
  }
  if (errnoOf(error) === "EACCES" || errnoOf(error) === "EPERM") {
    return new UsageError(`The input ${path} may not be read: permission denied.`, {
      code: "input_no_permission",
      hint: "Give the user who runs clio the right to read it.",
    });
  }
  if (errnoOf(error) === "ELOOP") {
    return new UsageError(`The input ${path} is a symbolic link that leads back to itself.`, {
      code: "input_not_found",
      hint: "Name the file itself with --input.",
    });
  }
  return storageFault(error, `read the input ${basename(path)}`);
}

async function beginsAsGzip(path: string, doing: string): Promise<boolean> {
  let file: OpenFile | null;
  try {
    file = await openRegular(path, true);
  } catch (error) {
    throw unreadable(path, error);
  }
  if (file === null) throw unreadable(path, Object.assign(new Error("gone"), { code: "ENOENT" }));
  const bytes: number[] = [];
  for await (const chunk of readRange(file, { start: 0, end: 2 }, doing)) bytes.push(...chunk);
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
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
