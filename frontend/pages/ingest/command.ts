import { settingFields, showField } from "./settings-fields.ts";

export type Stage = "facets" | "clustering" | "labeling" | "hierarchy" | "privacy" | "eval";

/** Stages that say all that is wanted: those that others imply are left out. */
export function leanStages(stages: ReadonlySet<Stage>): readonly Stage[] {
  const chain: readonly Stage[] = ["facets", "clustering", "labeling"];
  const ends = (["hierarchy", "privacy"] as const).filter((stage) => stages.has(stage));
  const deepest = chain.findLast((stage) => stages.has(stage));
  return [
    ...(ends.length > 0 ? ends : deepest === undefined ? [] : [deepest]),
    ...(stages.has("eval") ? (["eval"] as const) : []),
  ];
}

const PLAIN = /^[\w./:@,=+-]+$/;
/** A word for a shell of the POSIX kind. */
export const quoted = (word: string): string =>
  PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/** The command that does the same; lists can only stand in a settings file. */
export function commandOf(
  input: string | null,
  stages: ReadonlySet<Stage>,
  changed: Readonly<Record<string, unknown>>,
): string {
  const flags = settingFields().flatMap(({ key, kind }) => {
    if (!(key in changed) || kind === "json") return [];
    const value = changed[key];
    const flag = key.replaceAll("_", "-");
    if (kind === "switch") return [value === true ? `--${flag}` : `--no-${flag}`];
    return [`--${flag} ${quoted(value === null ? "none" : showField(value))}`];
  });
  return [
    "clio run",
    ...(input === null ? [] : [`--input ${quoted(input)}`]),
    ...leanStages(stages).map((stage) => `--with-${stage}`),
    ...flags,
    ...("custom_facets" in changed ? ["--config clio.config.json"] : []),
  ].join(" ");
}
