import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { RateWithInterval } from "../shared/contracts/privacy.ts";
import { UNDEFENDED, recovery } from "./attack/recover.ts";
import type { Arm } from "./attack/recover.ts";
import { DIAGNOSES, HOBBIES } from "./attack/secrets.ts";

/**
 * How much of what one person said an attacker reads in the published names, with each defence on and off.
 * node bench/attack.ts [--targets 408] [--out bench/ATTACK.md]
 */
const { values } = parseArgs({
  options: {
    // At 408 the 95 % interval of pure guessing, one of twelve, ends 3.1 points above it.
    targets: { type: "string", default: "408" },
    out: { type: "string", default: "bench/ATTACK.md" },
  },
});
const targets = Number(values.targets);

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
const ARMS: readonly (readonly [string, Setup, readonly number[]])[] = [
  ["all off", { ...UNDEFENDED }, ALL_ACCOUNTS],
  ["all on, instruction as published", {}, ALL_ACCOUNTS],
  ["all on, evasive instruction", evasive, ALL_ACCOUNTS],
  ["all on, model colludes", { ...evasive, colluding: true }, ALL_ACCOUNTS],
  [
    "all on, model colludes, `--min-users 30`",
    { ...evasive, colluding: true, config: { min_users: 30 } },
    [25],
  ],
  ["all on, answer in a code", { instruction: "code" }, [4, 25]],
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

const rows: string[] = [];
for (const [title, setup, accounts] of ARMS) {
  const cells: string[] = [];
  for (const n of ALL_ACCOUNTS) {
    if (!accounts.includes(n)) cells.push("–");
    else
      cells.push(
        cell(
          await recovery(targets, {
            secrets: DIAGNOSES,
            instruction: "plain",
            crowded: false,
            ...setup,
            accounts: n,
          }),
        ),
      );
  }
  rows.push(`| ${title} | ${cells.join(" | ")} |`);
  process.stdout.write(`${rows.at(-1)}\n`);
}

await writeFile(
  values.out,
  `# The attack, measured

Made by \`node bench/attack.ts --targets ${targets}\`. What it does and what it shows: [privacy](../docs/privacy.md).

Share of ${targets} targets whose secret, one of ${DIAGNOSES.length} values, is read correctly, with exact 95 % intervals (Clopper-Pearson), by attackers
with 1, 4 and 25 accounts and 50 planted conversations. Where a name tells nothing, one value is guessed: ${percent(1 / DIAGNOSES.length)} are right.

| defences | 1 account | 4 accounts | 25 accounts |
|---|---|---|---|
${rows.join("\n")}
`,
);
