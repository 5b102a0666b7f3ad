import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { forecastRun, pricesOf } from "../shared/engine/estimate/forecast.ts";
import { surveyInput } from "../shared/engine/estimate/survey.ts";
import { estimateTools } from "../shared/adapters/estimate-tools.ts";
import { fileInput } from "../shared/adapters/directory/input-source.ts";
import { runConfig } from "../shared/config.ts";
import type { Range } from "../shared/domain/estimate/range.ts";
import { phasesOf } from "../shared/pipeline.ts";

/** Writes what 100,000 conversations cost with popular models into docs/models.md. */

const ROOT = resolve(import.meta.dirname, "..");
const DOCUMENT = join(ROOT, "docs/models.md");
const CORPUS = "data/mock/conversations_2400.jsonl";
const ROWS = 100_000;
/** As many conversations as `clio estimate` looks at. */
const LOOKED_AT = 2000;

const MODELS = [
  { provider: "openai", model: "gpt-4.1-mini" },
  { provider: "openai", model: "gpt-4o-mini" },
  { provider: "openai", model: "gpt-5.4-mini" },
  { provider: "openai", model: "gpt-5.6-luna" },
  { provider: "bedrock", model: "openai.gpt-oss-20b-1:0" },
  { provider: "bedrock", model: "eu.anthropic.claude-haiku-4-5-20251001-v1:0" },
] as const;

const survey = await surveyInput(await fileInput(join(ROOT, CORPUS)));
if (survey === null) throw new Error(`${CORPUS} cannot be read`);
const hundredThousand = { ...survey, rows: { n: ROWS, exact: true } };

/** To two digits: more would say that it is known better. */
const rough = (n: number): string => Number(n.toPrecision(2)).toLocaleString("en-US");
const dollars = ({ low, mid, high }: Range): string => `$${rough(mid)} ($${rough(low)} to $${rough(high)})`;

async function row({ provider, model }: (typeof MODELS)[number]): Promise<string> {
  const config = runConfig.parse({ provider, model, embedder: "openai" });
  const { chat } = pricesOf(config, estimateTools.identify(config));
  if (chat === null) throw new Error(`no price of ${model} is known`);
  const { phases, total } = await forecastRun(
    phasesOf(["hierarchy", "privacy"]),
    config,
    hundredThousand,
    LOOKED_AT,
    estimateTools,
  );
  const facets = phases.find(({ phase }) => phase === "facets")!;
  const { calls, input, output, usd } = total;
  return `| \`${model}\` | ${chat.input} / ${chat.output} | ${rough(calls.mid)} | ${rough(input.mid / 1e6)} | ${rough(output.mid / 1e6)} | ${dollars(usd)} | ${Math.round((100 * facets.usd.mid) / usd.mid)} % |`;
}

const rows: string[] = [];
for (const model of MODELS) rows.push(await row(model));
const table = `<!-- Made by scripts/model-costs.ts. -->

| model | $ per million tokens, in / out | calls | million tokens in | million tokens out | all phases | of it facets |
|---|---|---|---|---|---|---|
${rows.join("\n")}

By our own accounting, no bill: what \`clio estimate\` says of 100,000 conversations as long as those of the demo corpus (\`${CORPUS}\`), every phase, default settings, embeddings by
\`text-embedding-3-small\`. In brackets from short answers and nothing asked twice to long answers, repairs and repetitions. Input that the provider has cached is counted at its full
price. Conversations twice as long cost less than twice as much: these are short, and most of each question is the prompt. Thoughts of reasoning models (gpt-oss) come on top. Your own: \`clio estimate --input F\`.
`;
const text = await readFile(DOCUMENT, "utf8");
const [before, after] = [text.indexOf("<!-- Made by"), text.indexOf("\n## On AWS")];
if (before < 0 || after < 0) throw new Error("docs/models.md has no place for the table");
await writeFile(DOCUMENT, text.slice(0, before) + table + text.slice(after));
