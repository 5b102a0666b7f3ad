import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { all, chats, file, jsonl, runOf } from "./kind.ts";
import type { Kind } from "./kind.ts";

const CHATS = file("chats.jsonl", jsonl(chats(20)));
const REFUSED = { exit: 2, leaves: "nothing" } as const;

/** Words that a run of a good file refuses. */
function words(
  name: string,
  more: readonly string[],
  code: string,
  cause: RegExp,
  advice: RegExp,
  rest: Partial<Kind> = {},
): Kind {
  return {
    name,
    make: CHATS,
    command: runOf("chats.jsonl", ...more),
    code,
    cause,
    advice,
    ...REFUSED,
    ...rest,
  };
}

/** A good file beside a settings file. */
const config = (content: string): Kind["make"] => all(CHATS, file("clio.config.json", content));
const setting = (
  name: string,
  more: readonly string[],
  cause: RegExp,
  advice: RegExp,
  rest?: Partial<Kind>,
): Kind => words(name, more, "bad_setting", cause, advice, rest);

/** Flags, commands and settings. */
export const badWords: readonly Kind[] = [
  {
    name: "no command",
    command: [],
    ...REFUSED,
    code: "no_command",
    cause: /Usage: clio/,
    advice: /try it on the sample conversations clio run/,
  },
  {
    name: "a misspelt command",
    command: ["rnu"],
    ...REFUSED,
    code: "unknown_command",
    cause: /Unknown command 'rnu'/,
    advice: /Did you mean run\?/,
    process: "own",
  },
  {
    name: "a command of nobody's",
    command: ["frobnicate"],
    ...REFUSED,
    code: "unknown_command",
    cause: /Unknown command 'frobnicate'/,
    advice: /clio --help lists the commands/,
  },
  words(
    "an unknown flag",
    ["--frobnicate"],
    "unknown_option",
    /Unknown option '--frobnicate'/,
    /clio <command> --help/,
  ),
  words(
    "a misspelt flag",
    ["--min-user", "3"],
    "unknown_option",
    /Unknown option '--min-user'/,
    /Did you mean .*--min-users/,
    {
      process: "own",
    },
  ),
  words("escape codes in a flag", ["--\u001b[31mred"], "unknown_option", /Unknown option/, /--help/),
  words(
    "a flag without its value",
    ["--limit"],
    "option_missing_argument",
    /--limit <n>' argument missing/,
    /--help/,
  ),
  words(
    "a value that is a flag",
    ["--runs-dir", "--quiet"],
    "option_missing_argument",
    /--runs-dir has no value: --quiet follows it/,
    /clio run --help/,
  ),
  {
    name: "a file without its flag",
    make: CHATS,
    command: ["run", "chats.jsonl"],
    ...REFUSED,
    code: "excess_arguments",
    cause: /too many arguments|chats\.jsonl/i,
    advice: /--input chats\.jsonl/,
  },
  setting(
    "--k 0",
    ["--k", "0"],
    /--k is "?0"?, which is not a value of the setting k/,
    /auto or a whole number from 1 to 1000000/,
  ),
  setting("--k abc", ["--k", "abc"], /--k is "abc"/, /auto or a whole number from 1/),
  setting("--k with a fraction", ["--k", "2.5"], /--k is "?2\.5/, /a whole number/),
  setting("--min-users -1", ["--min-users", "-1"], /--min-users is "?-1/, /a whole number from 1 to 10000/),
  setting("--limit 0", ["--limit", "0"], /--limit is "?0/, /a whole number of at least 1 or none/),
  setting("an empty value", ["--seed", ""], /--seed is "", which is not a value/, /a whole number from 0/),
  setting(
    "a number beyond all numbers",
    ["--min-users", "1e999"],
    /--min-users is "1e999"/,
    /from 1 to 10000/,
  ),
  setting(
    "an address with a password",
    ["--model-base-url", "https://me:canary@models.example/v1"],
    /--model-base-url is "https:\/\/…@models\.example\/v1"/,
    /without user and password/,
  ),
  setting("an unknown provider", ["--provider", "oracle"], /--provider is "oracle"/, /Allowed: offline/),
  setting(
    "an unknown way to count users",
    ["--users", "none"],
    /--users is "none"/,
    /required or per-conversation/,
  ),
  setting(
    "a long value with escape codes",
    ["--seed", `\u001b[31m${"9".repeat(200)}x`],
    /--seed is "9+…/,
    /a whole number from 0/,
  ),
  words(
    "--strict beside --skip-invalid",
    ["--strict", "--skip-invalid"],
    "contradiction",
    /contradict each other/,
    /leave one of the two out/,
  ),
  words(
    "two names of one setting that differ",
    ["--stream-chunk-size", "4", "--facet-batch-size", "5"],
    "contradiction",
    /are the same setting, and differ/,
    /Leave one of the two out/,
  ),
  {
    name: "--resume without --run-id",
    make: CHATS,
    command: ["run", "--input", "chats.jsonl", "--resume"],
    ...REFUSED,
    code: "no_run_id",
    cause: /--resume needs the run to go on with/,
    advice: /Say which with --run-id; clio list-runs/,
  },
  ...["../x", "Upper", "ab", "a".repeat(65), "-dash", "dash-", "with space", "a/b", ""].map((id): Kind => ({
    name: `the run id "${id.slice(0, 12)}"`,
    make: CHATS,
    command: ["run", "--input", "chats.jsonl", `--run-id=${id}`],
    ...REFUSED,
    code: "bad_run_id",
    cause: /cannot be the id of a run/,
    advice: /3 to 64 lower-case letters, digits and dashes/,
  })),
  words(
    "a settings file that is not JSON",
    [],
    "bad_config_file",
    /clio\.config\.json is not valid JSON/,
    /for example \{"min_users": 5\}/,
    {
      make: config("{min_users: 5}"),
    },
  ),
  words(
    "a settings file that is a list",
    [],
    "bad_config_file",
    /does not hold a JSON object/,
    /\{"min_users": 5\}/,
    { make: config("[]") },
  ),
  words("an empty settings file", [], "bad_config_file", /is not valid JSON/, /\{"min_users": 5\}/, {
    make: config(""),
  }),
  words(
    "a misspelt setting",
    [],
    "unknown_setting",
    /There is no setting "min_user", as clio\.config\.json has it/,
    /Did you mean min_users\?/,
    {
      make: config('{"min_user": 5}'),
    },
  ),
  words(
    "a setting of a later version",
    [],
    "unknown_setting",
    /There is no setting "time_travel"/,
    /clio info lists all settings/,
    {
      make: config('{"time_travel": true}'),
    },
  ),
  words(
    "a setting of the wrong type",
    [],
    "bad_setting",
    /min_users in clio\.config\.json is "5"/,
    /a whole number from 1 to 10000/,
    {
      make: config('{"min_users": "5"}'),
    },
  ),
  words(
    "a setting named as prototypes are",
    [],
    "unknown_setting",
    /There is no setting "__proto__"/,
    /clio info lists/,
    {
      make: config('{"__proto__": {"min_users": 1}}'),
    },
  ),
  words(
    "a settings file that is a folder",
    ["--config", "settings"],
    "unreadable_file",
    /settings cannot be read/,
    /a text file that you may read/,
    {
      make: all(CHATS, (folder) => mkdir(join(folder, "settings")).then(() => undefined)),
    },
  ),
  words(
    "a missing settings file",
    ["--config", "no.json"],
    "config_not_found",
    /There is no config file no\.json/,
    /Check the path given to --config/,
  ),
  words(
    "a word for a number in the environment",
    [],
    "bad_setting",
    /CLIO_MIN_USERS is "many", which is not a value of the setting min_users/,
    /a whole number from 1 to 10000/,
    { env: { CLIO_MIN_USERS: "many" }, process: "own" },
  ),
  words("a bad value in .env", [], "bad_setting", /CLIO_K in \.env is "few"/, /auto or a whole number/, {
    make: all(CHATS, file(".env", "CLIO_K=few\n")),
  }),
  words(
    "a misspelt variable, which is ignored and said",
    [],
    "",
    /CLIO_MIN_USER is not a setting and is ignored/,
    /Did you mean CLIO_MIN_USERS\?/,
    {
      env: { CLIO_MIN_USER: "3" },
      exit: 0,
      code: null,
      leaves: "finished run",
    },
  ),
  words(
    "--quiet beside --json, which is fine",
    ["--quiet"],
    "",
    /^bad: done, 20 conversations/,
    /in runs\/bad $/,
    {
      exit: 0,
      code: null,
      leaves: "finished run",
    },
  ),
  {
    name: "a count that is none",
    command: ["list-runs", "--limit", "0"],
    ...REFUSED,
    code: "bad_number",
    cause: /--limit is "0", which is not a whole number of at least 1/,
    advice: /for example --limit 10/,
  },
  {
    name: "a number of runs to keep below zero",
    command: ["prune-runs", "--keep-last", "-1"],
    ...REFUSED,
    code: "bad_number",
    cause: /--keep-last is "-1"/,
    advice: /for example --keep-last 10/,
  },
  {
    name: "runs to keep, not said",
    command: ["prune-runs", "--yes"],
    ...REFUSED,
    code: "no_keep_last",
    cause: /How many runs are to stay was not said/,
    advice: /Say it with --keep-last/,
  },
  {
    name: "an answer and a report that both want stdout",
    make: CHATS,
    command: ["validate-input", "--input", "chats.jsonl", "--report-json", "-", "--json"],
    ...REFUSED,
    code: "contradiction",
    cause: /both want stdout/,
    advice: /leave --report-json out/,
  },
];
