import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { validateChunks } from "../shared/domain/input/validate.ts";
import { generateCorpus } from "../shared/domain/mock/generate.ts";
import { machine, sideBySide, table } from "./harness.ts";
import type { Measured } from "./harness.ts";

/**
 * How fast input is read and checked, and what memory a large file takes.
 * node bench/ingest.ts [--repeats 5] [--large 10] [--out bench/INGEST.md]; `--large` in GB, 0 leaves it out.
 */
const { values } = parseArgs({
  options: {
    repeats: { type: "string", default: "5" },
    large: { type: "string", default: "10" },
    out: { type: "string", default: "bench/INGEST.md" },
  },
});
const CHUNK = 1 << 18;
const LOOK_MS = 100;
/** V8's own choice goes with the machine's memory: on 24 GiB what is made and dropped at once takes up to 128 MiB. */
const SMALL_YOUNG = "--max-semi-space-size=8";

/** Ten messages, some 5 kB, a third of them with letters beyond ASCII: what assistants' logs look like. */
function* longConversations(): Generator<string> {
  const ASKED = 4_000;
  const OTHER_LETTERS = " 日本語のテキスト, naïve café, Ελληνικά 👍";
  let held: { role: string; content: string }[] = [];
  let number = 0;
  for (;;) {
    for (const { conversation } of generateCorpus({ count: 20_000, seed: 3 })) {
      held.push(...conversation.messages.map(({ role, content }) => ({ role, content })));
      if (held.length < 10) continue;
      const messages = held.slice(0, 10);
      const length = messages.reduce((sum, { content }) => sum + content.length, 0);
      const times = Math.ceil(ASKED / length);
      const more = number % 3 === 0 ? OTHER_LETTERS : "";
      yield `${JSON.stringify({
        conversation_id: `conversation-${number}`,
        user_id: `user-${number >> 2}`,
        timestamp: conversation.timestamp,
        messages: messages.map(({ role, content }) => ({
          role,
          content: Array.from({ length: times }, () => content).join(" ") + more,
        })),
      })}\n`;
      number++;
      held = [];
    }
  }
}

function* shortConversations(): Generator<string> {
  for (const { conversation } of generateCorpus({ count: 100_000, seed: 1 }))
    yield `${JSON.stringify(conversation)}\n`;
}

/** Lines up to so many bytes. */
function firstBytes(lines: Iterable<string>, most: number): Buffer {
  const parts: Buffer[] = [];
  let size = 0;
  for (const line of lines) {
    if (size >= most) break;
    const bytes = Buffer.from(line);
    parts.push(bytes);
    size += bytes.length;
  }
  return Buffer.concat(parts);
}

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK);
}

function measure(bytes: Buffer): Promise<Measured[]> {
  return sideBySide(
    {
      "validation: contract, duplicates, statistics": async () => {
        const { counts } = await validateChunks(chunksOf(bytes), { name: "corpus", users: "required" });
        if (counts.invalid > 0) throw new Error("the corpus is not valid");
      },
      "JSON.parse of every line": () => {
        for (const line of bytes.toString().split("\n")) if (line !== "") JSON.parse(line);
      },
    },
    Number(values.repeats),
  );
}

/** A command of the project: its seconds and the most memory it held, MiB. */
async function command(
  flags: readonly string[],
  args: readonly string[],
): Promise<{ seconds: number; peakMiB: number }> {
  const started = performance.now();
  const child = spawn(process.execPath, [...flags, "cli/clio.ts", ...args], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const exited = once(child, "exit");
  let peakMiB = 0;
  let running = true;
  const watching = (async () => {
    while (running) {
      const status = await readFile(`/proc/${child.pid ?? 0}/status`, "utf8").catch(() => "");
      const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? [];
      if (kibibytes !== undefined) peakMiB = Number(kibibytes) / 1024;
      await setTimeout(LOOK_MS);
    }
  })();
  const [code] = (await exited) as [number];
  running = false;
  await watching;
  if (code !== 0) throw new Error(`clio ${args[0] ?? ""} ended with ${code}`);
  return { seconds: (performance.now() - started) / 1000, peakMiB };
}

/** Rows of a table for files of a tenth of the size and of all of it. */
async function largeFiles(gigabytes: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "clio-ingest-"));
  try {
    const rows: string[] = [];
    for (const size of [gigabytes / 10, gigabytes]) {
      const path = join(folder, "large.jsonl");
      let bytes = 0;
      let conversations = 0;
      await pipeline(
        Readable.from(
          (function* () {
            for (const line of longConversations()) {
              if (bytes >= size * 1e9) return;
              bytes += Buffer.byteLength(line);
              conversations++;
              yield line;
            }
          })(),
        ),
        createWriteStream(path, { highWaterMark: 1 << 20 }),
      );
      const runs = join(folder, "runs");
      for (const [name, flags, args] of [
        ["clio validate-input", [], ["validate-input", "--input", path]],
        [`the same, ${SMALL_YOUNG}`, [SMALL_YOUNG], ["validate-input", "--input", path]],
        ["clio run (ingest)", [], ["run", "--input", path, "--runs-dir", runs, "--quiet"]],
      ] as const) {
        const { seconds, peakMiB } = await command(flags, args);
        process.stderr.write(`${name}, ${size} GB: ${seconds.toFixed(0)} s, ${peakMiB.toFixed(0)} MiB\n`);
        rows.push(
          `| ${name} | ${(bytes / 1e9).toFixed(1)} | ${conversations.toLocaleString("en")} | ${seconds.toFixed(1)} | ${(bytes / 1e6 / seconds).toFixed(0)} | ${peakMiB.toFixed(0)} |`,
        );
      }
      await rm(runs, { recursive: true, force: true });
    }
    return rows.join("\n");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const SAMPLE_BYTES = 100e6;
const sections: string[] = [];
for (const [title, lines] of [
  ["Ten messages, 5 kB", longConversations()],
  ["The generator's, 0.85 kB", shortConversations()],
] as const) {
  const bytes = firstBytes(lines, SAMPLE_BYTES);
  const measured = await measure(bytes);
  const speed = bytes.length / 1e6 / measured[0]!.median;
  sections.push(
    `## ${title}: ${speed.toFixed(0)} MB/s\n\n${(bytes.length / 1e6).toFixed(0)} MB in memory, one thread.\n\n${table(measured)}`,
  );
}
const gigabytes = Number(values.large);
const large =
  gigabytes === 0
    ? ""
    : `
## Large files

Conversations of the first kind, through the commands, from disk, read on two threads; start included. On a machine with 24 GiB V8 lets what is made and
dropped at once take 128 MiB; with \`NODE_OPTIONS=${SMALL_YOUNG}\` it takes a sixteenth, and no more time.

| command | GB | conversations | s | MB/s | peak memory, MiB |
|---|---|---|---|---|---|
${await largeFiles(gigabytes)}
`;
const text = `# Reading and checking input

Made by \`node bench/ingest.ts\` on ${machine()}.

${sections.join("\n\n")}
${large}`;
process.stdout.write(text);
await writeFile(values.out, text);
