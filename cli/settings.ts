import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { isDeepStrictEqual, parseEnv } from "node:util";
import * as z from "zod";
import { defaultConfig, runConfig } from "../shared/config.ts";
import type { ConfigKey, RunConfig } from "../shared/config.ts";
import { providerEnvironment } from "../shared/contracts/provider-environment.ts";
import type { RunManifest } from "../shared/contracts/run.ts";
import { PermanentError, UsageError } from "../shared/errors.ts";
import type { Io } from "./io.ts";
import { nearest } from "./nearest.ts";
import { cutTo, list, safe } from "./render/text.ts";

/** Looked for in the folder where clio is started. */
export const CONFIG_FILE = "clio.config.json";
const ENV_FILE = ".env";
const ENV_PREFIX = "CLIO_";

/** What JSON Schema says about one setting, as far as this schema uses it. */
const fragment = z.object({
  type: z.enum(["string", "integer", "number", "boolean", "null", "array"]).optional(),
  enum: z.array(z.string()).optional(),
  const: z.string().optional(),
  format: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxItems: z.number().optional(),
});
const property = z.object({
  ...fragment.shape,
  anyOf: z.array(fragment).optional(),
  description: z.string(),
  default: z.union([z.string(), z.number(), z.boolean(), z.null(), z.tuple([])]),
});
type Fragment = z.infer<typeof fragment>;

/** One setting of a run, as people meet it. */
export interface Setting {
  readonly key: ConfigKey;
  /** "--min-users"; null for a list, which only a config file can hold. */
  readonly flag: string | null;
  /** "CLIO_MIN_USERS"; null for a list. */
  readonly variable: string | null;
  readonly description: string;
  /** What may be given, in words: "a whole number from 1 to 1000". */
  readonly allowed: string;
  readonly shownDefault: string;
  /** What stands for the value in help: "n", "required|per-conversation"; "" for a switch. */
  readonly words: string;
  readonly forms: readonly Fragment[];
}

let known: readonly Setting[] | null = null;

/** Settings in the order of the schema. */
export function settings(): readonly Setting[] {
  known ??= describeSettings();
  return known;
}

function describeSettings(): readonly Setting[] {
  const schema = z.toJSONSchema(runConfig, { io: "input" });
  return Object.entries(schema.properties ?? {}).map(([name, raw]) => {
    const key = name as ConfigKey;
    const { anyOf, description, default: preset, ...single } = property.parse(raw);
    const forms = anyOf ?? [single];
    const isList = forms.some(({ type }) => type === "array");
    return {
      key,
      flag: isList ? null : `--${key.replaceAll("_", "-")}`,
      variable: isList ? null : ENV_PREFIX + key.toUpperCase(),
      description,
      allowed: list(forms.map(allowedWords), "or"),
      shownDefault: showValue(preset),
      words: forms.flatMap(shortWords).join("|"),
      forms,
    };
  });
}

/** Choices longer than this would push the descriptions of all flags to the side; they are named there. */
const LONGEST_CHOICES = 14;

function shortWords({ type, enum: choices, const: only, format }: Fragment): readonly string[] {
  if (choices !== undefined) return choices.join("|").length > LONGEST_CHOICES ? ["mode"] : choices;
  if (only !== undefined) return [only];
  if (type === "boolean" || type === "null" || type === "array") return [];
  if (format === "uri") return ["url"];
  return [type === "string" ? "word" : "n"];
}

function allowedWords(form: Fragment): string {
  if (form.const !== undefined) return form.const;
  if (form.enum !== undefined) return list(form.enum, "or");
  switch (form.type) {
    case "boolean":
      return "true or false";
    case "null":
      return "none";
    case "array":
      return form.maxItems === undefined ? "a list" : `a list of at most ${form.maxItems} entries`;
    case "string":
      return form.format === "uri" ? "an address that begins with https:// or http://" : "text";
    case undefined:
      return "text";
    case "integer":
    case "number": {
      const noun = form.type === "integer" ? "a whole number" : "a number";
      const { minimum, maximum } = form;
      if (maximum === undefined || maximum === Number.MAX_SAFE_INTEGER)
        return `${noun} of at least ${minimum ?? 0}`;
      return `${noun} from ${minimum ?? 0} to ${maximum}`;
    }
  }
}

export type SettingValue = RunConfig[ConfigKey];

/** A value as it would be typed; of a list, how many entries it has and which. */
export function showValue(
  value: string | number | boolean | null | readonly { readonly id: string }[],
): string {
  if (typeof value === "object" && value !== null)
    return value.length === 0 ? "none" : `${value.length} (${value.map(({ id }) => id).join(", ")})`;
  return value === null ? "none" : String(value);
}

/** The value that a word of a flag or of the environment stands for; what fits no form stays text and fails later. */
function readWord(word: string, forms: readonly Fragment[]): unknown {
  const text = word.trim();
  const allows = (...types: readonly Fragment["type"][]): boolean =>
    forms.some(({ type }) => types.includes(type));
  if (allows("boolean")) {
    if (/^(true|yes|on|1)$/i.test(text)) return true;
    if (/^(false|no|off|0)$/i.test(text)) return false;
  }
  if (allows("null") && /^(none|null)$/i.test(text)) return null;
  // What overflows stays text, and is shown as it was typed.
  if (
    allows("integer", "number") &&
    /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) &&
    Number.isFinite(Number(text))
  )
    return Number(text);
  return text;
}

/** A text from a setting's source as it may be shown: short, one line. */
function shownGiven(value: unknown): string {
  const text = typeof value === "string" ? `"${value}"` : JSON.stringify(value);
  // An address may hold a password.
  const line = safe(text ?? "nothing").replace(/\/\/[^/@\s]*@/g, "//…@");
  return line.length > 40 ? `${line.slice(0, 40)}…` : line;
}

/** Longest texts of an error about an entry of a list: names of fields are the user's own. */
const LONGEST_PLACE = 60;
const LONGEST_REASON = 120;

/** Where in a list an error is: "[1].values[0]". */
function placeIn(path: readonly PropertyKey[]): string {
  const place = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`)).join("");
  return cutTo(safe(place), LONGEST_PLACE);
}

function checked({ key, allowed, description }: Setting, value: unknown, where: string): SettingValue {
  const parsed = runConfig.shape[key].safeParse(value);
  if (value !== undefined && parsed.success) return parsed.data;
  const issue = parsed.error?.issues[0];
  if (issue !== undefined && issue.path.length > 0) {
    const reason = cutTo(safe(issue.message), LONGEST_REASON);
    throw new UsageError(`${where} is wrong at ${placeIn(issue.path)}: ${reason}.`, {
      code: "bad_setting",
      hint: `${description}.`,
    });
  }
  const rule = issue?.code === "custom" ? issue.message : allowed;
  throw new UsageError(`${where} is ${shownGiven(value)}, which is not a value of the setting ${key}.`, {
    code: "bad_setting",
    hint: `Allowed: ${rule}.`,
  });
}

/** Where a setting's value comes from. */
export interface Origin {
  readonly kind: "default" | "run" | "file" | "dotenv" | "environment" | "flag";
  /** In words: "default", "clio.config.json", "CLIO_SEED", "--seed". */
  readonly label: string;
}

interface Given {
  readonly value: SettingValue;
  readonly origin: Origin;
}
/** What one source says, by setting. */
type Layer = ReadonlyMap<ConfigKey, Given>;

/** Every place in which settings can stand but the command line, read once. */
export interface SettingSources {
  /** Null when there is no config file. `explicit` if it was named with --config. */
  readonly file: { readonly path: string; readonly explicit: boolean; readonly layer: Layer } | null;
  /** Null when there is no .env file. */
  readonly dotenv: { readonly path: string; readonly layer: Layer } | null;
  readonly environment: Layer;
  /** All variables that are set. Texts may be secrets. */
  readonly variables: ReadonlyMap<string, { readonly where: ".env" | "environment"; readonly text: string }>;
  /** Sentences about what was found and is not used. */
  readonly notes: readonly string[];
}

async function readIfThere(path: string, what: string): Promise<string | null> {
  try {
    return (await readFile(path, "utf8")).replace(/^\uFEFF/, "");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT") return null;
    throw new UsageError(`${what} ${safe(path)} cannot be read (${String(code)}).`, {
      code: "unreadable_file",
      hint: "It has to be a text file that you may read.",
    });
  }
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // The parser's message quotes the text; only the place is repeated.
    const place = /\(line \d+ column \d+\)/.exec(error instanceof Error ? error.message : "")?.[0] ?? "";
    throw new UsageError(
      `The config file ${safe(path)} is not valid JSON${place === "" ? "" : ` ${place}`}.`,
      {
        code: "bad_config_file",
        hint: 'It holds one JSON object, for example {"min_users": 5}.',
      },
    );
  }
}

async function readConfigFile(io: Pick<Io, "cwd">, asked: string | null): Promise<SettingSources["file"]> {
  const shown = asked ?? CONFIG_FILE;
  const path = resolve(io.cwd, shown);
  const text = await readIfThere(path, "The config file");
  if (text === null) {
    if (asked === null) return null;
    throw new UsageError(`There is no config file ${safe(asked)}.`, {
      code: "config_not_found",
      hint: "Check the path given to --config.",
    });
  }
  const content = parseJson(text, shown);
  if (typeof content !== "object" || content === null || Array.isArray(content)) {
    throw new UsageError(`The config file ${safe(shown)} does not hold a JSON object.`, {
      code: "bad_config_file",
      hint: 'Write settings by name, for example {"min_users": 5}.',
    });
  }
  const byName = new Map(settings().map((setting) => [setting.key as string, setting]));
  const layer = new Map<ConfigKey, Given>();
  for (const [name, value] of Object.entries(content)) {
    const setting = byName.get(name);
    if (setting === undefined) throw unknownSetting(name, shown, [...byName.keys()]);
    layer.set(setting.key, {
      value: checked(setting, value, `${setting.key} in ${safe(shown)}`),
      origin: { kind: "file", label: safe(shown) },
    });
  }
  return { path, explicit: asked !== null, layer };
}

function unknownSetting(name: string, where: string, names: readonly string[]): UsageError {
  const meant = nearest(name, names);
  return new UsageError(`There is no setting ${shownGiven(name)}, as ${safe(where)} has it.`, {
    code: "unknown_setting",
    hint:
      meant === null
        ? "clio info lists all settings."
        : `Did you mean ${meant}? clio info lists all settings.`,
  });
}

function readVariables(
  variables: Io["env"],
  kind: "dotenv" | "environment",
): { readonly layer: Layer; readonly notes: readonly string[] } {
  const byVariable = new Map(settings().map((setting) => [setting.variable, setting]));
  const layer = new Map<ConfigKey, Given>();
  const notes: string[] = [];
  const where = kind === "dotenv" ? ` in ${ENV_FILE}` : "";
  for (const [name, text] of Object.entries(variables)) {
    // An empty variable is how shells and CI systems say "not set".
    if (!name.startsWith(ENV_PREFIX) || text === undefined || text.trim() === "") continue;
    const setting = byVariable.get(name);
    if (setting === undefined) {
      // A key of a provider, which is no setting.
      if (Object.hasOwn(providerEnvironment.shape, name)) continue;
      const listed = settings().find(({ key }) => ENV_PREFIX + key.toUpperCase() === name);
      if (listed !== undefined) {
        notes.push(`${name}${where} is ignored: ${listed.key} can stand in a config file only.`);
        continue;
      }
      const meant = nearest(
        name.slice(ENV_PREFIX.length),
        settings().flatMap(({ key, variable }) => (variable === null ? [] : [key])),
      );
      const hint = meant === null ? "" : ` Did you mean ${ENV_PREFIX}${meant.toUpperCase()}?`;
      notes.push(`${safe(name)}${where} is not a setting and is ignored.${hint}`);
      continue;
    }
    layer.set(setting.key, {
      value: checked(setting, readWord(text, setting.forms), `${name}${where}`),
      origin: { kind, label: `${name}${where}` },
    });
  }
  return { layer, notes };
}

function setIn(variables: Io["env"], where: ".env" | "environment") {
  return Object.entries(variables).flatMap(([name, text]) =>
    text === undefined || text.trim() === "" ? [] : [[name, { where, text }] as const],
  );
}

/** Reads the config file, `.env` and the environment. Throws UsageError for what is wrong in them. */
export async function readSettingSources(
  io: Pick<Io, "cwd" | "env">,
  configFile: string | null,
): Promise<SettingSources> {
  const file = await readConfigFile(io, configFile);
  const envPath = join(io.cwd, ENV_FILE);
  const text = await readIfThere(envPath, "The file");
  const dotenvVariables = text === null ? {} : parseEnv(text);
  const dotenv = text === null ? null : readVariables(dotenvVariables, "dotenv");
  const environment = readVariables(io.env, "environment");
  return {
    file,
    dotenv: dotenv === null ? null : { path: envPath, layer: dotenv.layer },
    environment: environment.layer,
    variables: new Map([...setIn(dotenvVariables, ".env"), ...setIn(io.env, "environment")]),
    notes: [...(dotenv?.notes ?? []), ...environment.notes],
  };
}

/** Settings given as flags: text as typed, or true and false of a switch; undefined when not given. */
export type SettingFlags = Readonly<Partial<Record<ConfigKey, string | boolean>>>;

export interface ResolvedSettings {
  readonly config: RunConfig;
  readonly origins: ReadonlyMap<ConfigKey, Origin>;
  /** Sentences for people: what was found and is not used. */
  readonly notes: readonly string[];
}

function flagLayer(flags: SettingFlags): Layer {
  const layer = new Map<ConfigKey, Given>();
  for (const setting of settings()) {
    const given = flags[setting.key];
    if (given === undefined || setting.flag === null) continue;
    const value = typeof given === "string" ? readWord(given, setting.forms) : given;
    layer.set(setting.key, {
      value: checked(setting, value, setting.flag),
      origin: { kind: "flag", label: setting.flag },
    });
  }
  return layer;
}

function overlaid(base: RunConfig, baseOrigin: Origin, layers: readonly Layer[]): ResolvedSettings {
  const merged: Record<string, SettingValue> = { ...base };
  const origins = new Map<ConfigKey, Origin>(settings().map(({ key }) => [key, baseOrigin]));
  for (const layer of layers) {
    for (const [key, { value, origin }] of layer) {
      merged[key] = value;
      origins.set(key, origin);
    }
  }
  return { config: runConfig.parse(merged), origins, notes: [] };
}

/** Settings of a new run: defaults < config file < .env < environment < flags (design section 12). */
export function resolveSettings(sources: SettingSources, flags: SettingFlags): ResolvedSettings {
  const layers = [sources.file?.layer, sources.dotenv?.layer, sources.environment, flagLayer(flags)];
  const resolved = overlaid(
    defaultConfig(),
    { kind: "default", label: "default" },
    layers.filter((layer) => layer !== undefined),
  );
  return { ...resolved, notes: sources.notes };
}

/**
 * Settings of a run that goes on: its own, changed only by what is said for this start: a config file named with
 * --config, and flags. What merely lies around (clio.config.json, .env, the environment) may have changed since, and
 * would silently repeat finished work; where it differs a note says so.
 */
export function resumeSettings(
  sources: SettingSources,
  flags: SettingFlags,
  run: RunManifest,
): ResolvedSettings {
  const own = recordedConfig(run);
  const given = flagLayer(flags);
  const named = sources.file?.explicit === true ? sources.file.layer : undefined;
  const layers = [named, given].filter((layer) => layer !== undefined);
  const resolved = overlaid(own, { kind: "run", label: `run ${run.run_id}` }, layers);
  const around = [
    named === undefined ? sources.file?.layer : undefined,
    sources.dotenv?.layer,
    sources.environment,
  ];
  const found = new Map(around.flatMap((layer) => [...(layer ?? [])]));
  const ignored = [...found]
    .filter(([key, { value }]) => !isDeepStrictEqual(resolved.config[key], value) && !given.has(key))
    .map(([key, { value, origin }]) => {
      const flag = settings().find((setting) => setting.key === key)?.flag ?? "a file named with --config";
      const [said, kept] = [showValue(value), showValue(resolved.config[key])];
      return said === kept
        ? `${origin.label} says something else of ${key} than this run, which keeps its own; ${flag} changes it.`
        : `${origin.label} says ${key} is ${said}, but this run keeps its own ${kept}; ${flag} changes it.`;
    });
  return { ...resolved, notes: [...sources.notes, ...ignored] };
}

/** The settings in a run's record. */
export function recordedConfig(run: RunManifest): RunConfig {
  const parsed = runConfig.safeParse(run.config);
  if (parsed.success) return parsed.data;
  throw new PermanentError(
    `The settings of run ${run.run_id} are those of another version of ant-clio (${safe(run.versions.ant_clio)}).`,
    {
      code: "other_version",
      hint: "Go on with that version, or start a new run.",
    },
  );
}
