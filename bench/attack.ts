import { writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import pLimit from "p-limit";
import type { RateWithInterval } from "../shared/contracts/privacy.ts";
import { ACCOUNTS, ROWS } from "./attack/arms.ts";
import { CANARIES, canaryPlaces } from "./attack/canaries.ts";
import type { CanaryPlaces } from "./attack/canaries.ts";
import { WITHOUT, without } from "./attack/defended-phases.ts";
import { recoveryElsewhere } from "./attack/cell.ts";
import { DIAGNOSES } from "./attack/secrets.ts";

/**
 * How much of what one person said an attacker reads in the published names, with each defence on and off.
 * node bench/attack.ts [--targets 408] [--threads 2] [--out bench/ATTACK.md]
 */
const { values } = parseArgs({
  options: {
    // At 408 the 95 % interval of pure guessing, one of twelve, ends 3.1 points above it.
    targets: { type: "string", default: "408" },
    threads: { type: "string", default: String(availableParallelism()) },
    out: { type: "string", default: "bench/ATTACK.md" },
  },
});

/** The accounts for which the last column says what parents alone give away. */
const FOR_PARENTS = 4;

const percent = (share: number | null): string => (share === null ? "–" : `${(100 * share).toFixed(1)} %`);
const cell = ({ rate, low, high }: RateWithInterval): string =>
  `${percent(rate)} (${percent(low)}-${percent(high)})`;

function tableRow(cells: readonly string[]): string {
  const line = `| ${cells.join(" | ")} |`;
  process.stdout.write(`${line}\n`);
  return line;
}

async function recoveryTable(targets: number): Promise<string> {
  const limit = pLimit(Number(values.threads));
  const found = ROWS.map(({ accounts }, row) =>
    ACCOUNTS.map(async (n) =>
      accounts.includes(n) ? limit(recoveryElsewhere, { row, accounts: n, targets }) : null,
    ),
  );
  const lines = [
    tableRow([
      "defences",
      ...ACCOUNTS.map((n) => `${n} account${n === 1 ? "" : "s"}`),
      `${FOR_PARENTS} accounts, parents alone`,
    ]),
    tableRow(["---", "---", "---", "---", "---"]),
  ];
  for (const [i, { title }] of ROWS.entries()) {
    const cells = await Promise.all(found[i]!);
    const parents = cells[ACCOUNTS.indexOf(FOR_PARENTS)] ?? null;
    lines.push(
      tableRow([
        title,
        ...cells.map((recovery) => (recovery === null ? "–" : cell(recovery.anywhere))),
        parents === null ? "–" : cell(parents.inParent),
      ]),
    );
  }
  return lines.join("\n");
}

/** The furthest that a canary came: P published, N in a name, F in a facet. */
const furthest = (kind: string, { facets, names, published }: CanaryPlaces): string =>
  published.includes(kind) ? "P" : names.includes(kind) ? "N" : facets.includes(kind) ? "F" : "–";

async function canaryTable(): Promise<string> {
  const states = [
    { title: "all on", setting: {} },
    ...Object.keys(WITHOUT).map((name) => ({ title: `all but ${name}`, setting: without([name]) })),
    { title: "all off", setting: without() },
  ];
  const found: CanaryPlaces[] = [];
  for (const { setting } of states) found.push(await canaryPlaces(setting));
  const kinds = Object.keys(CANARIES);
  return [
    tableRow(["defences", ...kinds, "published"]),
    tableRow(["---", ...kinds.map(() => "---"), "---"]),
    ...states.map(({ title }, i) =>
      tableRow([
        title,
        ...kinds.map((kind) => furthest(kind, found[i]!)),
        String(found[i]!.published.length),
      ]),
    ),
  ].join("\n");
}

const targets = Number(values.targets);

await writeFile(
  values.out,
  `# The attack, measured

Made by \`node bench/attack.ts\`. What it does and what it shows: [privacy](../docs/privacy.md).

## Secrets

Share of targets whose secret, one of ${DIAGNOSES.length} values, is read correctly in the name or description of their cluster or of its parent, with exact
95 % intervals (Clopper-Pearson), by attackers with ${ACCOUNTS.join(", ").replace(/, (\d+)$/, " and $1")} accounts and 50 planted conversations. ${targets} targets in each cell, the instruction
evasive where nothing else is said. Where nothing is told, one value is guessed: ${percent(1 / DIAGNOSES.length)} are right.

${await recoveryTable(targets)}

## Canaries

How far a value came that one person said in three conversations, with a model that tells all it reads: P published, N in a name before the screen, F in a
facet, – not even that.

${await canaryTable()}
`,
);
