import type * as z from "zod";
import { runConfig } from "../shared/config.ts";
import type { RunConfig, StageProvider } from "../shared/config.ts";
import type { Failure } from "../shared/contracts/run.ts";
import { objection } from "./stage-provider.ts";

/** Settings of a run: those beside the input over those of the bucket over those of the stage. */
type Settings =
  | { readonly ok: true; readonly config: RunConfig }
  | { readonly ok: false; readonly failure: Failure };

const SETTINGS_HINT =
  "A settings file is one JSON object with the keys that clio info lists; mend it and drop the input again.";

function badSettings(file: string, what: string): Settings {
  return {
    ok: false,
    failure: {
      phase: null,
      code: "bad_config",
      message: `the settings in ${file} ${what}`,
      hint: SETTINGS_HINT,
    },
  };
}

/** Keys of settings that do not fit. Keys alone: a schema's message may quote the value. */
export function unfitKeys({ issues }: z.ZodError): string[] {
  return issues.flatMap((issue) =>
    issue.code === "unrecognized_keys" ? issue.keys : [issue.path.join(".")],
  );
}

/** Puts files of settings over those of a stage, the last over the first; the first that does not fit says where. */
export function readSettings(
  files: readonly { name: string; bytes: Uint8Array | null }[],
  stage: StageProvider,
): Settings {
  let merged: Record<string, unknown> = { ...stage };
  for (const { name, bytes } of files) {
    if (bytes === null) continue;
    let value: unknown;
    try {
      value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    } catch {
      return badSettings(name, "are not JSON");
    }
    if (value === null || typeof value !== "object" || Array.isArray(value))
      return badSettings(name, "are not a JSON object");
    merged = { ...merged, ...value };
    const checked = runConfig.safeParse(merged);
    if (!checked.success) {
      return badSettings(name, `do not fit at ${unfitKeys(checked.error).slice(0, 5).join(", ")}`);
    }
    const found = objection(checked.data, stage);
    if (found !== null)
      return { ok: false, failure: { phase: null, ...found, message: `${name}: ${found.message}` } };
  }
  return { ok: true, config: runConfig.parse(merged) };
}
