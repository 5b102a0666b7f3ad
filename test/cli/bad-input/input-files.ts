import { execFile } from "node:child_process";
import { chmod, mkdir, symlink } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { chats, file, jsonl, runOf } from "./kind.ts";
import type { Kind } from "./kind.ts";

const CHATS = Buffer.from(jsonl(chats(40)));
const PACKED = gzipSync(CHATS);

/** A byte of the checksum changed: DEFLATE itself is whole. */
function badChecksum(): Uint8Array {
  const bytes = Buffer.from(PACKED);
  bytes[bytes.length - 6] = (bytes.at(-6) ?? 0) ^ 0xff;
  return bytes;
}

/** 100 MiB of spaces: 1,029 bytes out per byte in. */
function bomb(): Uint8Array {
  return gzipSync(Buffer.alloc(100 * 2 ** 20, " "), { level: 9 });
}

async function pipe(folder: string): Promise<void> {
  await promisify(execFile)("mkfifo", [join(folder, "pipe.jsonl")]);
}

/** A socket nobody listens to any more; its file stays if the server does not remove it. */
async function socket(folder: string): Promise<void> {
  const path = join(folder, "socket.jsonl");
  const server = createServer();
  await new Promise<void>((done) => server.listen(path, done));
  server.unref();
}

const NOTHING = { exit: 2, leaves: "nothing" } as const;
const archive = (name: string, code: string, bytes: Uint8Array, cause: RegExp, advice: RegExp): Kind => ({
  name,
  make: file("chats.jsonl.gz", bytes),
  command: runOf("chats.jsonl.gz"),
  exit: 1,
  code,
  cause,
  advice,
  leaves: "failed run",
});

/** What the input is before anybody looks into it. */
export const inputFiles: readonly Kind[] = [
  {
    name: "a missing file",
    command: runOf("chats.jsonl"),
    ...NOTHING,
    code: "input_not_found",
    cause: /There is no file \S*chats\.jsonl/,
    advice: /Check the path given to --input/,
    process: "own",
  },
  {
    name: "a file in a missing folder",
    command: ["validate-input", "--input", "no/such/chats.jsonl", "--report-json", "report.json"],
    ...NOTHING,
    code: "input_not_found",
    cause: /There is no file \S*no\/such\/chats\.jsonl/,
    advice: /Check the path/,
  },
  {
    name: "a path through a file",
    make: file("chats.jsonl", CHATS),
    command: runOf("chats.jsonl/more.jsonl"),
    ...NOTHING,
    code: "input_not_found",
    cause: /There is no file/,
    advice: /Check the path/,
  },
  {
    name: "no name at all",
    command: runOf(""),
    ...NOTHING,
    code: "input_not_found",
    cause: /name of the input is empty/,
    advice: /Name a file with --input/,
  },
  {
    name: "no input named where there is no sample",
    command: ["run"],
    ...NOTHING,
    code: "input_not_found",
    cause: /There is no data\/mock\S+ here, and no input was named/,
    advice: /--input.*clio-generate-mock-data/,
  },
  {
    name: "standard input",
    command: runOf("-"),
    ...NOTHING,
    code: "input_not_a_file",
    cause: /cannot be standard input/,
    advice: /to a file first/,
  },
  {
    name: "a folder",
    make: (folder) => mkdir(join(folder, "chats")).then(() => undefined),
    command: runOf("chats"),
    ...NOTHING,
    code: "input_is_folder",
    cause: /chats is a folder/,
    advice: /Name one JSONL file/,
  },
  {
    name: "a named pipe, which would be waited for",
    make: pipe,
    command: runOf("pipe.jsonl"),
    ...NOTHING,
    code: "input_not_a_file",
    cause: /is not a regular file/,
    advice: /to a file first/,
    process: "own",
  },
  {
    name: "a socket",
    make: socket,
    command: runOf("socket.jsonl"),
    ...NOTHING,
    code: "input_not_a_file",
    cause: /is not a regular file/,
    advice: /to a file first/,
  },
  {
    name: "a device",
    command: runOf("/dev/null"),
    ...NOTHING,
    code: "input_not_a_file",
    cause: /\/dev\/null is not a regular file/,
    advice: /to a file first/,
  },
  {
    name: "a symbolic link to itself",
    make: (folder) => symlink("chats.jsonl", join(folder, "chats.jsonl")),
    command: runOf("chats.jsonl"),
    ...NOTHING,
    code: "input_not_found",
    cause: /symbolic link/,
    advice: /--input/,
  },
  {
    name: "a file that may not be read",
    make: async (folder) => {
      await file("chats.jsonl", CHATS)(folder);
      await chmod(join(folder, "chats.jsonl"), 0);
    },
    command: runOf("chats.jsonl"),
    ...NOTHING,
    code: "input_no_permission",
    cause: /may not be read: permission denied/,
    advice: /Give the user who runs clio the right to read it/,
    process: "unprivileged",
  },
  {
    name: "a name that is longer than names can be",
    command: runOf(`${"long".repeat(100)}.jsonl`),
    ...NOTHING,
    code: "input_not_found",
    cause: /There is no file .*longlong/,
    advice: /Check the path/,
  },
  {
    name: "a bad file whose name is as long as names can be",
    make: file(`${"n".repeat(249)}.jsonl`, "{}\n"),
    command: runOf(`${"n".repeat(249)}.jsonl`),
    exit: 1,
    code: "missing_user_id",
    cause: /1 of 1 rows are invalid/,
    advice: /clio run --input n{249}\.jsonl .*--users per-conversation/,
    leaves: "failed run",
  },
  {
    name: "a missing file with a line break in its name",
    command: runOf("two\nlines.jsonl"),
    ...NOTHING,
    code: "input_not_found",
    cause: /There is no file .*two lines\.jsonl/,
    advice: /Check the path/,
  },
  {
    name: "a bad file with escape codes in its name",
    make: file("\u001b[31mred\u001b[0m.jsonl", "{}\n"),
    command: runOf("\u001b[31mred\u001b[0m.jsonl"),
    exit: 1,
    code: "missing_user_id",
    cause: /1 of 1 rows are invalid/,
    advice: /needs `conversation_id` and `messages`/,
    leaves: "failed run",
  },
  archive(
    "an archive that was cut off",
    "truncated_gzip",
    PACKED.subarray(0, PACKED.length / 2),
    /chats\.jsonl\.gz is cut off/,
    /Copy or compress the file again/,
  ),
  archive(
    "an archive without its last byte",
    "truncated_gzip",
    PACKED.subarray(0, -1),
    /is cut off/,
    /Copy or compress the file again/,
  ),
  archive(
    "an archive whose checksum is wrong",
    "corrupt_gzip",
    badChecksum(),
    /is damaged/,
    /Copy or compress/,
  ),
  archive(
    "an archive with rubbish behind it",
    "corrupt_gzip",
    Buffer.concat([PACKED, Buffer.from("rubbish")]),
    /is damaged/,
    /Copy or compress/,
  ),
  archive("an empty archive", "truncated_gzip", new Uint8Array(), /is cut off/, /Copy or compress/),
  archive(
    "plain text that calls itself an archive",
    "not_gzip",
    CHATS,
    /is named as gzip but is not/,
    /Rename it without \.gz/,
  ),
  {
    ...archive(
      "an archive that grows a thousandfold",
      "too_large",
      bomb(),
      /refused after \d+ decompressed bytes: it expands too far/,
      /decompress it yourself/,
    ),
    process: "own",
  },
  {
    name: "the same when only checked, with a report asked for",
    make: file("chats.jsonl.gz", bomb()),
    command: ["validate-input", "--input", "chats.jsonl.gz", "--report-json", "report.json"],
    exit: 1,
    code: "too_large",
    cause: /expands too far/,
    advice: /decompress it yourself/,
    leaves: "nothing",
  },
];
