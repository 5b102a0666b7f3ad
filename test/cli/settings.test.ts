import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nearest } from "../../cli/nearest.ts";
import { changedSettings } from "../../cli/run-flow.ts";
import {
  readSettingSources,
  resolveSettings,
  resumeSettings,
  settings,
  showValue,
} from "../../cli/settings.ts";
import type { ResolvedSettings, SettingFlags } from "../../cli/settings.ts";
import { defaultConfig, runConfig } from "../../shared/config.ts";
import type { ConfigKey } from "../../shared/config.ts";
import { configRecord } from "../../shared/domain/new-run.ts";
import { sampleManifest } from "../contracts/sample-run.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";
import type { TemporaryFolder } from "../helpers/temporary-folder.ts";

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

interface Given {
  readonly file?: unknown;
  readonly dotenv?: string;
  readonly env?: Record<string, string>;
  readonly flags?: SettingFlags;
}

async function sourcesOf({ file, dotenv, env = {} }: Given, configFile: string | null = null) {
  if (file !== undefined) {
    const text = typeof file === "string" ? file : JSON.stringify(file);
    await writeFile(join(folder.path, configFile ?? "clio.config.json"), text);
  }
  if (dotenv !== undefined) await writeFile(join(folder.path, ".env"), dotenv);
  return readSettingSources({ cwd: folder.path, env }, configFile);
}

const resolved = async (given: Given): Promise<ResolvedSettings> =>
  resolveSettings(await sourcesOf(given), given.flags ?? {});

/** Settings that can be said as a flag. */
const said = () => settings().filter(({ flag }) => flag !== null);

/** The usage error that a reading ends with. */
async function refusal(
  given: Given,
): Promise<{ name: string; code?: string; message: string; hint?: string }> {
  try {
    await resolved(given);
  } catch (error) {
    return error as Error & { code?: string; hint?: string };
  }
  throw new Error("nothing was refused");
}

describe("precedence", () => {
  test("defaults < config file < .env < environment < flags", async () => {
    const file = { seed: 1, k: 2, min_users: 3, min_conversations: 4 };
    const dotenv = "CLIO_K=20\nCLIO_MIN_USERS=30\nCLIO_MIN_CONVERSATIONS=40\n";
    const env = { CLIO_MIN_USERS: "300", CLIO_MIN_CONVERSATIONS: "400" };
    const { config, origins } = await resolved({ file, dotenv, env, flags: { min_conversations: "4000" } });
    expect(config).toEqual({ ...defaultConfig(), seed: 1, k: 20, min_users: 300, min_conversations: 4000 });
    const labels = (["label_members", "seed", "k", "min_users", "min_conversations"] as const).map(
      (key) => origins.get(key)?.label,
    );
    expect(labels).toEqual([
      "default",
      "clio.config.json",
      "CLIO_K in .env",
      "CLIO_MIN_USERS",
      "--min-conversations",
    ]);
  });

  test("without any source every setting is its default", async () => {
    const { config, origins, notes } = await resolved({});
    expect(config).toEqual(defaultConfig());
    expect([...origins.values()].every(({ kind }) => kind === "default")).toBe(true);
    expect(notes).toEqual([]);
  });

  test("an empty variable counts as not set", async () => {
    expect((await resolved({ env: { CLIO_SEED: "", CLIO_K: "  " } })).config).toEqual(defaultConfig());
  });

  test("a named config file is read instead of the one that lies there", async () => {
    await writeFile(join(folder.path, "clio.config.json"), '{"seed": 1}');
    const sources = await sourcesOf({ file: { seed: 2 } }, "other.json");
    expect(resolveSettings(sources, {}).config.seed).toBe(2);
  });

  test("a byte order mark in the config file does no harm", async () => {
    expect((await resolved({ file: '\uFEFF{"seed": 3}' })).config.seed).toBe(3);
  });
});

describe("words", () => {
  test.each([
    ["mask_pii", "no", false],
    ["mask_pii", "FALSE", false],
    ["skip_invalid", "1", true],
    ["skip_invalid", "on", true],
    ["limit", "none", null],
    ["limit", "12", 12],
    ["k", "auto", "auto"],
    ["k", "7", 7],
    ["map_min_dist", ".5", 0.5],
    ["users", "per-conversation", "per-conversation"],
    ["seed", " 9 ", 9],
  ] as const)("%s=%s", async (key, word, value) => {
    const variable = `CLIO_${key.toUpperCase()}`;
    expect((await resolved({ env: { [variable]: word } })).config[key]).toBe(value);
  });

  test("whatever a setting may be can be said as a word", async () => {
    const samples: fc.Arbitrary<[ConfigKey, unknown]>[] = said().flatMap(({ key, forms }) =>
      forms.map(({ type, enum: choices, const: only, minimum = 0, maximum = 1 }) => {
        const value: fc.Arbitrary<unknown> =
          only !== undefined
            ? fc.constant(only)
            : choices !== undefined
              ? fc.constantFrom(...choices)
              : type === "integer"
                ? fc.integer({ min: minimum, max: Math.min(maximum, 0x7fffffff) })
                : type === "number"
                  ? fc.double({ min: minimum, max: maximum, noNaN: true })
                  : type === "boolean"
                    ? fc.boolean()
                    : fc.constant(null);
        return value.map((made): [ConfigKey, unknown] => [key, made]);
      }),
    );
    const sources = await sourcesOf({});
    fc.assert(
      fc.property(fc.oneof(...samples), ([key, value]) => {
        const word = showValue(value as string | number | boolean | null);
        expect(resolveSettings(sources, { [key]: word }).config[key]).toEqual(value === 0 ? 0 : value);
      }),
    );
  });
});

describe("what is wrong", () => {
  test("an unknown key names the nearest one", async () => {
    const error = await refusal({ file: { min_user: 3 } });
    expect(error).toMatchObject({ name: "ClioUsageError", code: "unknown_setting" });
    expect(error.message).toContain('"min_user"');
    expect(error.hint).toContain("min_users");
  });

  test.each<[string, Given, string[]]>([
    ["in the file", { file: { min_users: 0 } }, ["min_users", "clio.config.json", "0"]],
    ["of another type in the file", { file: { seed: "7" } }, ["seed", '"7"']],
    ["in .env", { dotenv: "CLIO_K=few" }, ["CLIO_K in .env", '"few"']],
    ["in the environment", { env: { CLIO_USERS: "nobody" } }, ["CLIO_USERS", "users"]],
    ["as a flag", { flags: { map_min_dist: "2" } }, ["--map-min-dist", "2"]],
    ["no whole number", { flags: { seed: "1.5" } }, ["--seed", "1.5"]],
  ])("a bad value %s names the setting and where it stands", async (_name, given, words) => {
    const error = await refusal(given);
    expect(error.code).toBe("bad_setting");
    for (const word of words) expect(error.message).toContain(word);
  });

  test.each<[SettingFlags, string]>([
    [{ min_users: "x" }, "a whole number from 1 to 10000"],
    [{ limit: "0" }, "a whole number of at least 1 or none"],
    [{ k: "x" }, "auto or a whole number from 1 to 1000000"],
    [{ map_min_dist: "x" }, "a number from 0 to 1"],
    [{ mask_pii: "x" }, "true or false"],
    [{ users: "x" }, "required or per-conversation"],
  ])("%j is told what is allowed", async (flags, allowed) => {
    expect((await refusal({ flags })).hint).toBe(`Allowed: ${allowed}.`);
  });

  test("JSON that does not parse is told by its place, without its text", async () => {
    const error = await refusal({ file: '{"min_users": 5,\n "secret-text" }' });
    expect(error.code).toBe("bad_config_file");
    expect(error.message).toContain("(line 2 column");
    expect(error.message).not.toContain("secret");
  });

  test("a list is no settings file", async () => {
    expect((await refusal({ file: [] })).code).toBe("bad_config_file");
  });

  test("a config file that is named has to be there", async () => {
    await expect(readSettingSources({ cwd: folder.path, env: {} }, "nowhere.json")).rejects.toMatchObject({
      code: "config_not_found",
    });
  });

  test("values from files are shown short and without control characters", async () => {
    const error = await refusal({ file: { users: `\u001b[31m${"x".repeat(500)}` } });
    expect(error.message).not.toContain("\u001b");
    expect(error.message.length).toBeLessThan(150);
  });

  test("an unknown CLIO_ variable is noted, not used", async () => {
    const { config, notes } = await resolved({ env: { CLIO_MIN_USER: "1", OTHER: "1" } });
    expect(config).toEqual(defaultConfig());
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain("CLIO_MIN_USERS?");
  });
});

describe("a list", () => {
  const AREA = { id: "area", question: "Where?", type: "category", values: ["shop", "bank"] };
  const REFUND = { id: "refund", question: "Money back?", type: "boolean", patterns: ["refund"] };

  test("stands in the config file, and is shown by its count and ids", async () => {
    const { config, origins } = await resolved({ file: { custom_facets: [AREA, REFUND] } });
    expect(config.custom_facets).toEqual([{ ...AREA, patterns: {} }, REFUND]);
    expect(origins.get("custom_facets")?.kind).toBe("file");
    expect(showValue(config.custom_facets)).toBe("2 (area, refund)");
    expect(showValue([])).toBe("none");
  });

  test("has no flag and no variable, and one that is set is noted", async () => {
    const env = { CLIO_CUSTOM_FACETS: "[]" };
    const { config, notes } = await resolved({
      env,
      flags: { custom_facets: "[]" },
      file: { custom_facets: [REFUND] },
    });
    expect(config.custom_facets).toEqual([REFUND]);
    expect(notes).toEqual(["CLIO_CUSTOM_FACETS is ignored: custom_facets can stand in a config file only."]);
  });

  test.each<[unknown, string, string]>([
    [[REFUND, { ...AREA, values: ["shop"] }], "[1].values", ">=2"],
    [[{ ...AREA, values: ["shop", "shop"] }], "[0].values[1]", "the same as values[0]"],
    [[{ ...AREA, patterns: { pub: ["pub"] } }], "[0].patterns.pub", "not one of the values"],
    [[{ ...AREA, patterns: { shop: ["?!"] } }], "[0].patterns.shop[0]", "a word or phrase"],
    [[AREA, AREA], "[1].id", "the same as that of [0]"],
    [[{ ...AREA, id: "topic" }], "[0].id", "built-in"],
    [[{ ...AREA, id: "Area" }], "[0].id", "lower-case"],
    [[{ ...AREA, question: "x".repeat(301) }], "[0].question", "300"],
    [[{ ...AREA, type: "rating" }], "[0].type", "category, boolean, number or text"],
    [["area"], "[0]", "category, boolean, number or text"],
    [[{ id: "n", question: "How many?", type: "number", min: 2, max: 1 }], "[0].max", "below min"],
    [[{ id: "n", question: "How many?", type: "number", min: 0 }], "[0].max", "expected number"],
    [[{ ...REFUND, pattern: ["x"] }], "[0]", '"pattern"'],
  ])("a bad entry %j is told by its index and field", async (custom_facets, place, reason) => {
    const error = await refusal({ file: { custom_facets } });
    expect(error).toMatchObject({ name: "ClioUsageError", code: "bad_setting" });
    expect(error.message).toContain(`custom_facets in clio.config.json is wrong at ${place}: `);
    expect(error.message).toContain(reason);
    expect(error.hint).toContain("docs/custom-facets.md");
  });

  test("is told what it may be when it is no list, or too long a one", async () => {
    expect((await refusal({ file: { custom_facets: {} } })).hint).toBe(
      "Allowed: a list of at most 20 entries.",
    );
    const many = Array.from({ length: 21 }, (_, i) => ({ ...REFUND, id: `f${i}` }));
    expect((await refusal({ file: { custom_facets: many } })).hint).toContain("at most 20");
  });

  test("long and hostile names in an entry are shown short and without control characters", async () => {
    const error = await refusal({
      file: { custom_facets: [{ ...REFUND, [`\u001b[31m${"x".repeat(500)}`]: 1 }] },
    });
    expect(error.message).not.toContain("\u001b");
    expect(error.message.length).toBeLessThan(250);
  });

  test("is compared by value", async () => {
    const { config } = await resolved({ file: { custom_facets: [AREA] } });
    const again = structuredClone(config);
    expect(changedSettings(config, again)).toEqual([]);
    expect(changedSettings(config, { ...again, custom_facets: [] })).toEqual(["custom_facets"]);
    const run = sampleManifest("some-run", { config: configRecord(config) });
    const same = resumeSettings(await sourcesOf({ file: { custom_facets: [AREA] } }), {}, run);
    expect(same.notes).toEqual([]);
    const file = { custom_facets: [{ ...AREA, question: "Where else?" }] };
    const other = resumeSettings(await sourcesOf({ file }), {}, run);
    expect(other.config).toEqual(config);
    expect(other.notes).toEqual([
      "clio.config.json says something else of custom_facets than this run, which keeps its own; a file named with --config changes it.",
    ]);
  });
});

describe("a run that goes on", () => {
  const own = { ...defaultConfig(), seed: 42, min_users: 8 };
  const run = sampleManifest("some-run", { config: configRecord(own) });

  test("changes nothing by itself", async () => {
    const { config, origins } = resumeSettings(await sourcesOf({}), {}, run);
    expect(config).toEqual(own);
    expect(origins.get("seed")?.label).toBe("run some-run");
  });

  test("is changed by flags and by a config file that is named", async () => {
    const sources = await sourcesOf({ file: { seed: 1, k: 9 } }, "named.json");
    expect(resumeSettings(sources, { k: "3" }, run).config).toEqual({ ...own, seed: 1, k: 3 });
  });

  test("is not changed by what lies around, and says so where it differs", async () => {
    const sources = await sourcesOf({
      file: { seed: 42, k: 9 },
      dotenv: "CLIO_LABEL_MEMBERS=9",
      env: { CLIO_MIN_USERS: "1" },
    });
    const { config, notes } = resumeSettings(sources, { k: "3" }, run);
    expect(config).toEqual({ ...own, k: 3 });
    expect(notes.map((note) => note.split(" ")[0])).toEqual(["CLIO_LABEL_MEMBERS", "CLIO_MIN_USERS"]);
    expect(notes[1]).toContain("keeps its own 8");
  });

  test("is refused when its settings are of another version", async () => {
    const other = sampleManifest("some-run", { config: { no_such_setting: 1 } });
    const sources = await sourcesOf({});
    expect(() => resumeSettings(sources, {}, other)).toThrow(/another version/);
  });
});

test("every setting of the schema is described", () => {
  expect(settings().map(({ key }) => key)).toEqual(Object.keys(runConfig.shape));
  for (const { description, allowed } of settings()) {
    expect(description).not.toBe("");
    expect(allowed).not.toBe("");
  }
  expect(said().length).toBe(settings().length - 1);
  for (const { flag, variable } of said()) {
    expect(flag).toMatch(/^--[a-z]+(-[a-z]+)*$/);
    expect(variable).toMatch(/^CLIO_[A-Z_]+$/);
  }
});

test.each([
  ["min_user", "min_users"],
  ["minUsers", "min_users"],
  ["sede", "seed"],
  ["concurrency", null],
  ["x", "k"],
  ["".padEnd(1000, "a"), null],
])("nearest to %s", (word, key) => {
  expect(nearest(word, Object.keys(runConfig.shape))).toBe(key);
});
