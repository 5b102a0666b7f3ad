/**
 * All that two runs of one input, seed, deterministic provider and Node version may differ in (design section 13):
 * times, ids, hosts, and what hangs on the run's own random key. Everything else is equal byte for byte.
 */

/** Files of a run, relative to its folder, that are not compared at all; a name ending in "/" stands for all below it. */
export const volatileFiles = [
  /** Hashed with a key of the run's own. */
  "private/",
  /** Written as things happened. */
  "run_events.jsonl",
  "run_metrics.json",
  ".run.lock",
  ".state/",
] as const;

/** Folders of batch outputs: their headers state attempts and seconds. The named artifacts made of them are compared. */
export const volatileFolder = "/parts/";

/** Fields of files that are compared without them. */
export const volatileFields: Readonly<Record<string, readonly string[]>> = {
  "run_manifest.json": [
    "run_id",
    "revision",
    "attempt",
    "created_at",
    "updated_at",
    "finished_at",
    "owner",
    "phase_states",
  ],
  "run_warnings.json": ["run_id"],
  "published/latest.json": ["run_id", "published_at"],
  "index.json": ["run_id"],
};

/** Whether a file of a run takes part in comparisons. */
export function isCompared(path: string): boolean {
  return (
    !path.includes(volatileFolder) &&
    !volatileFiles.some((file) => path === file || (file.endsWith("/") && path.startsWith(file)))
  );
}

/** The fields left out of a file, by its path or its base name. */
export function fieldsLeftOut(path: string): readonly string[] {
  return volatileFields[path] ?? volatileFields[path.slice(path.lastIndexOf("/") + 1)] ?? [];
}
