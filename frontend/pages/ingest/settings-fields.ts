import * as z from "zod";
import { runConfig } from "../../../shared/config.ts";
import type { ConfigKey } from "../../../shared/config.ts";

export type FieldKind = "switch" | "choice" | "number" | "text" | "json";

/** One setting as a form shows it. */
export interface Field {
  readonly key: ConfigKey;
  readonly label: string;
  readonly description: string;
  readonly kind: FieldKind;
  readonly choices: readonly string[];
  /** Of numbers. */
  readonly least: number | null;
  readonly most: number | null;
  readonly whole: boolean;
  /** Left empty it is null. */
  readonly nullable: boolean;
  readonly preset: unknown;
  readonly group: Group;
}

export const GROUPS = ["Essentials", "Groups", "Privacy", "Model", "Input", "Speed"] as const;
export type Group = (typeof GROUPS)[number];

const ESSENTIALS = new Set<string>([
  "min_users",
  "min_conversations",
  "provider",
  "model",
  "max_cost_usd",
  "limit",
]);

function groupOf(key: string): Group {
  if (ESSENTIALS.has(key)) return "Essentials";
  if (/_(?:batch_size|max_concurrency)$|per_minute$/.test(key)) return "Speed";
  if (/^(?:k$|kmeans|map_|label_|hierarchy_|custom_facets|name_words)/.test(key)) return "Groups";
  if (/^(?:mask|privacy)/.test(key)) return "Privacy";
  if (/^(?:provider|model|embedder|price|trace|max_cost)/.test(key)) return "Model";
  return "Input";
}

const form = z.looseObject({
  type: z.string().optional(),
  enum: z.array(z.string()).optional(),
  const: z.unknown().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
});
const property = z.looseObject({
  ...form.shape,
  anyOf: z.array(form).optional(),
  description: z.string().default(""),
  default: z.unknown(),
});

function fieldOf(key: string, raw: unknown): Field {
  const { anyOf, description, default: preset, ...single } = property.parse(raw);
  const forms = anyOf ?? [single];
  const has = (type: string): boolean => forms.some((each) => each.type === type);
  const numeric = forms.find((each) => each.type === "integer" || each.type === "number");
  const words = forms.flatMap((each) => each.enum ?? (typeof each.const === "string" ? [each.const] : []));
  const kind: FieldKind = has("array")
    ? "json"
    : has("boolean")
      ? "switch"
      : words.length > 0 && numeric === undefined
        ? "choice"
        : numeric !== undefined && words.length === 0
          ? "number"
          : "text";
  return {
    key: key as ConfigKey,
    label: key.replaceAll("_", " "),
    description,
    kind,
    choices: words,
    least: numeric?.minimum ?? null,
    most: numeric?.maximum ?? null,
    whole: numeric?.type === "integer",
    nullable: has("null"),
    preset,
    group: groupOf(key),
  };
}

let known: readonly Field[] | null = null;
/** Every setting, from the schema that the pipeline itself checks with. */
export function settingFields(): readonly Field[] {
  known ??= Object.entries(z.toJSONSchema(runConfig, { io: "input" }).properties ?? {}).map(([key, raw]) =>
    fieldOf(key, raw),
  );
  return known;
}

/** What was typed as a value; text that fits no form stays text, and the check says so. */
export function readField(field: Field, typed: string): unknown {
  const text = typed.trim();
  if (text === "") return field.nullable ? null : field.kind === "text" ? "" : Number.NaN;
  if (field.kind === "json") {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return text;
    }
  }
  const isNumber = /^[+-]?\d+(?:\.\d+)?$/.test(text);
  return (field.kind === "number" || field.least !== null) && isNumber ? Number(text) : text;
}

export function showField(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Why a value does not fit its setting, or null. */
export function objectionTo(key: ConfigKey, value: unknown): string | null {
  const read = runConfig.shape[key].safeParse(value);
  if (read.success) return null;
  const [issue] = read.error.issues;
  return issue?.message ?? "does not fit";
}
