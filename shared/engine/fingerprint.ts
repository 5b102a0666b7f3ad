import type { PhaseName } from "../contracts/run.ts";
import type { ModelIdentity } from "../contracts/model-tasks.ts";
import type { RunConfig } from "../config.ts";
import { canonicalJson } from "../domain/jsonl.ts";
import { shortHash } from "../domain/hash.ts";
import { promptVersions } from "../domain/prompts/all.ts";
import { pipeline } from "../pipeline.ts";

export interface FingerprintInputs {
  readonly phases: readonly PhaseName[];
  readonly config: RunConfig;
  /** SHA-256 of the input. */
  readonly datasetSha256: string;
  readonly model: ModelIdentity;
  readonly embedder: ModelIdentity;
}

/**
 * What each phase's outcome depends on, as one hash: its version, its slice of the settings, whom it asks and in what words, and the
 * fingerprints of the phases it comes after. Same fingerprint, same outcome: what exists under it is never made again.
 */
export function phaseFingerprints(inputs: FingerprintInputs): Map<PhaseName, string> {
  const selected = new Set(inputs.phases);
  const fingerprints = new Map<PhaseName, string>();
  for (const row of pipeline) {
    if (!selected.has(row.name)) continue;
    // Runs that a phase starts ask whatever runs ask.
    const startsRuns = row.needs.includes("runs");
    const tasks = startsRuns ? [...new Set(pipeline.flatMap(({ asks }) => asks))] : row.asks;
    const embeds = startsRuns || row.needs.includes("embedder");
    const material = {
      phase: row.name,
      version: row.version,
      config: Object.fromEntries(row.config.map((key) => [key, inputs.config[key]])),
      input: row.needs.includes("input") ? inputs.datasetSha256 : null,
      model: tasks.length > 0 ? inputs.model : null,
      embedder: embeds ? inputs.embedder : null,
      // Rules read no prompt: what they answer stays good when words of a prompt change.
      ...(tasks.length > 0 && inputs.model.provider !== "offline" ? { prompts: promptVersions(tasks) } : {}),
      after: row.after.filter((name) => selected.has(name)).map((name) => fingerprints.get(name) ?? null),
    };
    fingerprints.set(row.name, shortHash(canonicalJson(material)));
  }
  return fingerprints;
}
