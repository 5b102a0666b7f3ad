import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { RateWithInterval } from "../shared/contracts/privacy.ts";
import { UNDEFENDED, recovery } from "./attack/recover.ts";
import type { Arm } from "./attack/recover.ts";
import { DIAGNOSES, HOBBIES } from "./attack/secrets.ts";

/**
 * How much of what one person said an attacker reads in the published names, with each defence on and off.
 * node bench/attack.ts [--targets 408] [--single 120] [--out bench/ATTACK.md]
 */
const { values } = parseArgs({
  options: {
    // At 408 the 95 % interval of pure guessing, one of twelve, ends 3.1 points above it.
    targets: { type: "string", default: "408" },
    single: { type: "string", default: "120" },
    out: { type: "string", default: "bench/ATTACK.md" },
  },
});

type Setup = Omit<Partial<Arm>, "accounts">;

const evasive: Setup = { instruction: "evasive" };
const off = (arm: Setup): Setup => ({ ...evasive, ...arm });
const only = ({ defences, config }: Setup): Setup => ({
  ...evasive,
  defences: { ...UNDEFENDED.defences, ...defences },
  config: { ...UNDEFENDED.config, ...config },
});
const minimums = { min_users: 5, min_conversations: 15 };

const ALL_ACCOUNTS = [1, 4, 25];
const FEW = [4];
type Row = readonly [string, Setup, readonly number[]];
const WHOLE: readonly Row[] = [
  ["all on, model colludes", { ...evasive, colluding: true }, ALL_ACCOUNTS],
  [
    "all on, model colludes, `--min-users 30`",
    { ...evasive, colluding: true, config: { min_users: 30 } },
    [25],
  ],
  ["all off", { ...UNDEFENDED }, ALL_ACCOUNTS],
];
const SINGLE: readonly Row[] = [
  ["all on, instruction as published", {}, FEW],
  ["all on, evasive instruction", evasive, [4, 25]],
  ["all on, answer in a code", { instruction: "code" }, FEW],
  [
    "all but supported prompts, answer in a code",
    { instruction: "code", defences: { supportedPrompts: false } },
    FEW,
  ],
  ["all but supported prompts", off({ defences: { supportedPrompts: false } }), FEW],
  ["all but the screen", off({ defences: { screen: false } }), FEW],
  [
    "all but supported prompts and screen",
    off({ defences: { supportedPrompts: false, screen: false } }),
    FEW,
  ],
  [
    "only neutralising, instruction as published",
    { ...only({ defences: { neutralise: true } }), instruction: "plain" },
    FEW,
  ],
  ["only neutralising", only({ defences: { neutralise: true } }), FEW],
  ["only masking", only({ config: { mask_pii: true } }), FEW],
  ["only caps", only({ config: { label_max_per_user: 3 } }), FEW],
  ["only minimums", only({ config: minimums }), FEW],
  ["only audit", only({ config: { privacy_pass_rating: 3 } }), FEW],
  ["only minimums and screen", only({ defences: { screen: true }, config: minimums }), FEW],
  [
    "only minimums and supported prompts",
    only({ defences: { supportedPrompts: true }, config: minimums }),
    FEW,
  ],
  [
    "all on, honest members have values too, model colludes",
    { ...evasive, crowded: true, colluding: true },
    [1, 4],
  ],
  ["all on, everyday secret", { ...evasive, secrets: HOBBIES, colluding: true }, FEW],
  [
    "all on, everyday secret, `--name-words shared`",
    { ...evasive, secrets: HOBBIES, colluding: true, config: { name_words: "shared" } },
    FEW,
  ],
];

const percent = (share: number | null): string => (share === null ? "–" : `${(100 * share).toFixed(1)} %`);
const cell = ({ rate, low, high }: RateWithInterval): string =>
  `${percent(rate)} (${percent(low)}-${percent(high)})`;

async function rowsOf(arms: readonly Row[], targets: number): Promise<string> {
  const rows: string[] = [];
  for (const [title, setup, accounts] of arms) {
    const cells: string[] = [];
    for (const n of ALL_ACCOUNTS) {
      const arm: Arm = {
        secrets: DIAGNOSES,
        instruction: "plain",
        crowded: false,
        ...setup,
        accounts: n,
      };
      cells.push(accounts.includes(n) ? cell(await recovery(targets, arm)) : "–");
    }
    rows.push(`| ${title} | ${cells.join(" | ")} |`);
    process.stdout.write(`${rows.at(-1)}\n`);
  }
  return rows.join("\n");
}

const head = "| defences | 1 account | 4 accounts | 25 accounts |\n|---|---|---|---|";

await writeFile(
  values.out,
  `# The attack, measured

Made by \`node bench/attack.ts\`. What it does and what it shows: [privacy](../docs/privacy.md).

Share of targets whose secret, one of ${DIAGNOSES.length} values, is read correctly, with exact 95 % intervals (Clopper-Pearson), by attackers with 1, 4
and 25 accounts and 50 planted conversations. Where a name tells nothing, one value is guessed: ${percent(1 / DIAGNOSES.length)} are right.

${values.targets} targets:

${head}
${await rowsOf(WHOLE, Number(values.targets))}

${values.single} targets, the instruction evasive where nothing else is said:

${head}
${await rowsOf(SINGLE, Number(values.single))}
`,
);
