/**
 * Speed of the masker beside one pass of one plain pattern over the same text.
 * Usage: node bench/masking.ts > bench/MASKING.md
 */
import { readFile } from "node:fs/promises";
import { findPersonalData } from "../shared/domain/masking.ts";
import { locales, planted } from "../test/helpers/pii-corpus.ts";
import { negatives } from "../test/helpers/pii-negatives.ts";
import { machine, sideBySide, table } from "./harness.ts";

const REPEATS = 5;
/** The plainest mail pattern: what a first masker is made of. */
const PLAIN = /[\w.+-]+@[\w-]+\.[\w.]+/g;

const megabytes = (texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1e6;

async function messagesOf(path: string): Promise<string[]> {
  const lines = (await readFile(path, "utf8")).trim().split("\n");
  return lines.flatMap((line) =>
    (JSON.parse(line) as { messages: { content: string }[] }).messages.map(({ content }) => content),
  );
}

async function measure(title: string, texts: readonly string[]): Promise<string> {
  const measured = await sideBySide(
    {
      "one pass of one pattern": () => texts.reduce((sum, text) => sum + (text.match(PLAIN)?.length ?? 0), 0),
      "the masker": () => texts.reduce((sum, text) => sum + findPersonalData(text).length, 0),
    },
    REPEATS,
  );
  const size = megabytes(texts);
  const rate = (size / measured[1]!.median).toFixed(1);
  return `## ${title}: ${texts.length} texts, ${size.toFixed(1)} MB\n\n${table(measured)}\n\nThe masker reads ${rate} MB/s on one thread.`;
}

const chats = await messagesOf("data/mock/conversations_2400.jsonl");
const dense = [
  ...planted("a", 7, 24).map(({ text }) => text),
  ...negatives("a", locales["en_US"]!.faker, 7, 2000),
];
console.log(`# Masking: speed

\`node bench/masking.ts > bench/MASKING.md\`, ${REPEATS} repeats, contenders in turn. ${machine()}. Compare ratios; absolute times are this machine's.

${await measure("The bundled conversations, message by message", chats)}

${await measure("Personal data or a look-alike in every text", dense)}
`);
