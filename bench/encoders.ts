import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { EncoderPool } from "../shared/adapters/offline/encoder-pool.ts";
import { WORD_WEIGHT } from "../shared/adapters/offline/join-vectors.ts";
import { loadWordTable } from "../shared/adapters/offline/load-word-table.ts";
import type { Matrix } from "../shared/domain/vectors.ts";
import type { WordTable } from "../shared/domain/word-table.ts";
import { parseWordTable, serializeWordTable } from "../shared/domain/word-table.ts";
import { readWordVectors, tableRows } from "../scripts/word-vectors.ts";
import type { WordVectors } from "../scripts/word-vectors.ts";
import { corpusIdf, joined, plainSif, sentences, tfIdf, words } from "./encoders/candidates.ts";
import type { Costed } from "./encoders/cost.ts";
import { COSTED, measureApart, measureHere } from "./encoders/cost.ts";
import { score } from "./encoders/score.ts";
import type { TextSet } from "./encoders/texts.ts";
import { clincRequests, textSets } from "./encoders/texts.ts";

/**
 * Compares the encoders that can be packaged: quality on texts whose groups are known, and cost. Prints Markdown.
 * node bench/encoders.ts [--clinc FOLDER] [--package FOLDER] [--seeds N] [--only TEXT]: without the package's folder,
 * the checked-in table alone; only the sets whose name holds TEXT.
 */
const { values } = parseArgs({
  options: {
    clinc: { type: "string", default: "../shared/data/clinc150" },
    package: { type: "string" },
    seeds: { type: "string", default: "3" },
    only: { type: "string", default: "" },
    cost: { type: "string" },
  },
});

const WEIGHTS = [0.3, 0.5, 0.7, 1, 1.5];

interface Tables {
  readonly shipped: WordTable;
  /** Only with the package. */
  readonly variants: readonly (readonly [name: string, table: WordTable])[];
  readonly vectors: WordVectors | undefined;
}

async function loadTables(): Promise<Tables> {
  const shipped = await loadWordTable();
  if (values.package === undefined) return { shipped, variants: [], vectors: undefined };
  const vectors = await readWordVectors(values.package);
  const build = (limit: number, weight?: typeof plainSif): WordTable =>
    parseWordTable(serializeWordTable(tableRows(vectors, limit, weight)));
  return {
    shipped,
    variants: [
      ["20,000 words", build(20_000)],
      ["100,000 words", build(100_000)],
      ["50,000 words, stop words count in full", build(50_000, plainSif)],
    ],
    vectors,
  };
}

async function* candidates(
  texts: readonly string[],
  pool: EncoderPool,
  { shipped, variants, vectors }: Tables,
  all: boolean,
): AsyncGenerator<readonly [name: string, matrix: Matrix]> {
  yield ["TF-IDF (floor)", tfIdf(texts)];
  const sentence = await sentences(texts, pool);
  yield ["sentence encoder", sentence];
  const word = words(texts, shipped);
  yield ["word table, 50,000 words", word];
  for (const weight of all ? WEIGHTS : [WORD_WEIGHT]) {
    yield [`joined, 1 : ${weight}`, joined(sentence, word, weight)];
  }
  if (!all) return;
  for (const [name, table] of variants) {
    const variant = words(texts, table);
    yield [`word table, ${name}`, variant];
    yield [`joined with it, 1 : ${WORD_WEIGHT}`, joined(sentence, variant, WORD_WEIGHT)];
  }
  if (vectors) {
    const oracle = corpusIdf(texts, vectors);
    yield ["word vectors, idf and component of these texts", oracle];
    yield [`joined with it, 1 : ${WORD_WEIGHT}`, joined(sentence, oracle, WORD_WEIGHT)];
  }
}

async function quality(sets: readonly TextSet[]): Promise<void> {
  const tables = await loadTables();
  const pool = new EncoderPool(1);
  for (const { name, texts, groups } of sets) {
    console.log(`\n### ${name}: ${texts.length} texts, ${new Set(groups).size} groups\n`);
    console.log("| encoder | numbers | NMI | ARI | homogeneity | 5-NN | s |\n|---|---|---|---|---|---|---|");
    for await (const [encoder, matrix] of candidates(texts, pool, tables, name.endsWith("requests"))) {
      const started = performance.now();
      const { nmi, ari, homogeneity, neighbours } = score(matrix, groups, Number(values.seeds));
      const cells = [nmi, ari, homogeneity].map(
        ({ mean, range }) => `${mean.toFixed(3)} (${range.toFixed(3)})`,
      );
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`| ${[encoder, matrix.cols, ...cells, neighbours.toFixed(3), seconds].join(" | ")} |`);
    }
  }
  await pool.close();
}

async function costs(): Promise<void> {
  console.log("\n### Cost, one thread\n");
  console.log("| encoder | ms to the first vector | texts/s | largest resident set, MB |\n|---|---|---|---|");
  for (const what of COSTED) {
    const { load, texts_per_second, memory } = await measureApart(what, values.clinc);
    console.log(`| ${[what, load.toFixed(0), texts_per_second.toFixed(0), memory.toFixed(0)].join(" | ")} |`);
  }
}

const isCosted = (what: string): what is Costed => COSTED.some((known) => known === what);

if (values.cost !== undefined) {
  if (!isCosted(values.cost)) throw new Error(`--cost is one of ${COSTED.join(", ")}`);
  const texts = await clincRequests(values.clinc);
  console.log(JSON.stringify(await measureHere(values.cost, texts.slice(0, 2000))));
} else {
  const [cpu] = cpus();
  console.log(`Node ${process.version}, ${cpus().length} x ${cpu?.model ?? "unknown processor"}`);
  if (values.only === "") await costs();
  const sets = await textSets(values.clinc);
  await quality(sets.filter(({ name }) => name.includes(values.only)));
}
