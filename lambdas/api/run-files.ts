import { artifacts } from "../../shared/contracts/artifacts.ts";
import type { ArtifactName } from "../../shared/contracts/artifacts.ts";
import type { RunArtifact } from "../../shared/contracts/api.ts";
import { publishedFiles } from "../../shared/contracts/published.ts";
import { RUN_FILES, publishedKey, publishedLatestKey, runPrefix } from "../../shared/keys.ts";
import { pipeline } from "../../shared/pipeline.ts";

type KnownFile = Omit<RunArtifact, "bytes">;

/** Artifacts that hold counts, codes and made-up conversations, and nothing that was made of a real one. */
const RECORDS: ReadonlySet<ArtifactName> = new Set([
  "validation_report",
  "privacy_audit",
  "privacy_report",
  "synthetic_conversations",
  "evaluation_metrics",
  "evaluation_report",
  "evaluation_topics",
  "evaluation_languages",
]);

const PRIVATE_FOLDER = "private/";

function formatOf(path: string): KnownFile["format"] {
  if (path.endsWith(".json")) return "json";
  if (path.endsWith(".jsonl")) return "jsonl";
  if (path.endsWith(".npy")) return "npy";
  return /\.(?:md|svg)$/.test(path) ? "text" : "other";
}

function artifactFiles(): KnownFile[] {
  return (Object.entries(artifacts) as [ArtifactName, { path: string }][])
    .filter(([, { path }]) => !path.startsWith(PRIVATE_FOLDER))
    .map(([name, { path }]) => ({
      path,
      format: formatOf(path),
      phase: pipeline.find(({ writes }) => writes.includes(name))?.name ?? null,
      holds: RECORDS.has(name) ? "record" : "raw",
    }));
}

function recordFiles(): KnownFile[] {
  return (["manifest", "events", "metrics", "warnings", "log"] as const).map((file) => ({
    path: RUN_FILES[file],
    format: formatOf(RUN_FILES[file]),
    phase: null,
    holds: "record",
  }));
}

/** Files of a run's generation. */
export function generationFiles(runId: string, generation: string | null): KnownFile[] {
  if (generation === null) return [];
  const keys = Object.keys(publishedFiles).map((name) => publishedKey(runId, generation, name));
  return [publishedLatestKey(runId), ...keys].map((key) => ({
    path: key.slice(runPrefix(runId).length),
    format: "json",
    phase: "publish",
    holds: "published",
  }));
}

/**
 * Every file of a run that people may ask for by name: its record, its artifacts but the private ones, what is published.
 * Parts of phases, keys and users are none of it.
 */
export function knownFiles(runId: string, generation: string | null): readonly KnownFile[] {
  return [...recordFiles(), ...artifactFiles(), ...generationFiles(runId, generation)];
}

const MEDIA_TYPES: Record<KnownFile["format"], string> = {
  json: "application/json",
  jsonl: "application/x-ndjson",
  npy: "application/octet-stream",
  // Drawings and documents too: nothing that comes from here is to be run or shown by a browser.
  text: "text/plain; charset=utf-8",
  other: "application/octet-stream",
};
export const mediaTypeOf = ({ format }: Pick<KnownFile, "format">): string => MEDIA_TYPES[format];
