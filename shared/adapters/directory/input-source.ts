import type { Stats } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { PermanentError, UsageError } from "../../errors.ts";
import type { InputSource } from "../../ports/input-source.ts";
import { checkRange } from "../byte-range.ts";
import type { ExpansionLimits } from "../gzip.ts";
import { beginsAsGzip, inputContent, isCompressed } from "../gzip.ts";
import { errnoOf, isMissing, storageFault, translated } from "./faults.ts";
import type { OpenFile } from "./files.ts";
import { openRegular, readRange } from "./files.ts";

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
  const begins = beginsAsGzip(await firstBytes(path, doing));

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
    compressed: isCompressed(name, begins),

    size,

    async *stream(range) {
      checkRange(range);
      yield* readRange(await opened(), range, doing);
    },

    async *content() {
      const stored = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
        yield* readRange(await opened(), { start: 0 }, doing);
      };
      yield* inputContent(stored(), { name, begins, size, limits });
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

async function firstBytes(path: string, doing: string): Promise<readonly number[]> {
  let file: OpenFile | null;
  try {
    file = await openRegular(path, true);
  } catch (error) {
    throw unreadable(path, error);
  }
  if (file === null) throw unreadable(path, Object.assign(new Error("gone"), { code: "ENOENT" }));
  const bytes: number[] = [];
  for await (const chunk of readRange(file, { start: 0, end: 2 }, doing)) bytes.push(...chunk);
  return bytes;
}
