import { WITHOUT, without, withOnly } from "./defended-phases.ts";
import type { Arm } from "./recover.ts";
import { DIAGNOSES, HOBBIES } from "./secrets.ts";

type Setup = Omit<Partial<Arm>, "accounts">;

/** A row of the table: what it is called, how it is attacked, and with how many accounts. */
interface Row {
  readonly title: string;
  readonly setup: Setup;
  readonly accounts: readonly number[];
}

export const ACCOUNTS = [1, 4, 25];
const FEW = [4];
const MANY = [25];

const PUBLISHED = { title: "instruction as published", setup: { instruction: "plain" } } as const;
const CODE = { title: "answer in a code", setup: { instruction: "code" } } as const;
const COLLUDES = { title: "model colludes", setup: { colluding: true } } as const;
const STRICT = { min_users: 30 };

const row = (title: string, setup: Setup, accounts: readonly number[]): Row => ({ title, setup, accounts });

export const ROWS: readonly Row[] = [
  row(`all on, ${PUBLISHED.title}`, PUBLISHED.setup, ACCOUNTS),
  row("all on", {}, ACCOUNTS),
  row(`all on, ${CODE.title}`, CODE.setup, [4, 25]),
  row(`all on, ${COLLUDES.title}`, COLLUDES.setup, ACCOUNTS),
  row("all on, `--min-users 30`", { config: STRICT }, MANY),
  row(`all on, ${CODE.title}, \`--min-users 30\``, { ...CODE.setup, config: STRICT }, MANY),
  row(`all on, ${COLLUDES.title}, \`--min-users 30\``, { ...COLLUDES.setup, config: STRICT }, MANY),
  row(`all off, ${PUBLISHED.title}`, { ...without(), ...PUBLISHED.setup }, ACCOUNTS),
  // An evasive instruction is one that neutralising lets pass: what it does shows with the other alone.
  ...Object.keys(WITHOUT).map((name) =>
    name === "neutralising"
      ? row(`all but ${name}, ${PUBLISHED.title}`, { ...without([name]), ...PUBLISHED.setup }, [4, 25])
      : row(`all but ${name}`, without([name]), FEW),
  ),
  row(`all but supported prompts, ${CODE.title}`, { ...without(["supported prompts"]), ...CODE.setup }, FEW),
  ...["masking", "caps", "minimums", "neutralising", "unlinking", "audit"].map((name) =>
    row(`only ${name}`, withOnly(name), FEW),
  ),
  row(`only neutralising, ${PUBLISHED.title}`, { ...withOnly("neutralising"), ...PUBLISHED.setup }, FEW),
  row("only minimums and supported prompts", withOnly("minimums", "supported prompts"), FEW),
  row("only minimums and unlinking", withOnly("minimums", "unlinking"), FEW),
  row("only minimums and the screen", withOnly("minimums", "the screen"), FEW),
  row(
    `all on, one or two honest members say each value, ${COLLUDES.title}`,
    { ...COLLUDES.setup, othersSay: "one" },
    [1, 4],
  ),
  row(
    `all on, five honest members say each value, ${COLLUDES.title}`,
    { ...COLLUDES.setup, othersSay: "five" },
    [1, 4],
  ),
  row("all on, all honest members say every value", { othersSay: "every" }, [1, 4]),
  row(
    `all on, all honest members say every value, ${COLLUDES.title}`,
    { ...COLLUDES.setup, othersSay: "every" },
    [1, 4, 25],
  ),
  row(
    "all but unlinking, all honest members say every value",
    { ...without(["unlinking"]), othersSay: "every" },
    [1, 4],
  ),
  row(
    `all on, all honest members say every value, ${PUBLISHED.title}`,
    { ...PUBLISHED.setup, othersSay: "every" },
    FEW,
  ),
  row(`all on, everyday secret, ${COLLUDES.title}`, { ...COLLUDES.setup, secrets: HOBBIES }, FEW),
  row(
    `all on, everyday secret, ${COLLUDES.title}, \`--name-words shared\``,
    { ...COLLUDES.setup, secrets: HOBBIES, config: { name_words: "shared" } },
    FEW,
  ),
  row(
    `all on, everyday secret, all honest members say every value, ${COLLUDES.title}, \`--name-words shared\``,
    { ...COLLUDES.setup, secrets: HOBBIES, othersSay: "every", config: { name_words: "shared" } },
    FEW,
  ),
];

/** An arm with everything that a setup leaves open. */
export const armOf = (setup: Setup, accounts: number): Arm => ({
  secrets: DIAGNOSES,
  instruction: "evasive",
  othersSay: "none",
  ...setup,
  accounts,
});
