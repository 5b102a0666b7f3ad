import { expect, test, vi } from "vitest";
import { defaultConfig } from "../../shared/config.ts";
import type { PhaseName } from "../../shared/contracts/run.ts";
import { shortHash } from "../../shared/domain/hash.ts";
import { canonicalJson } from "../../shared/domain/jsonl.ts";
import { phaseFingerprints } from "../../shared/engine/fingerprint.ts";
import { phaseRow, pipeline } from "../../shared/pipeline.ts";

const bumped = vi.hoisted(() => new Set<string>());
vi.mock("../../shared/domain/prompts/all.ts", () => ({
  promptVersions: (tasks: readonly string[]) =>
    Object.fromEntries(tasks.map((task) => [task, bumped.has(task) ? 2 : 1])),
}));

const phases = pipeline.map(({ name }) => name);
const embedder = { provider: "offline", model: "encoder", version: "1" };

function fingerprints(provider: string, newPrompts: readonly string[] = []): Map<PhaseName, string> {
  bumped.clear();
  for (const task of newPrompts) bumped.add(task);
  return phaseFingerprints({
    phases,
    config: defaultConfig(),
    datasetSha256: "0".repeat(64),
    model: { provider, model: "m", version: "1" },
    embedder,
  });
}

function changed(provider: string, task: string): PhaseName[] {
  const [before, after] = [fingerprints(provider), fingerprints(provider, [task])];
  return phases.filter((name) => before.get(name) !== after.get(name));
}

test("other words in a prompt change the phases that ask it and all that come after, for a language model", () => {
  expect(changed("openai", "facets")).toEqual(phases.filter((name) => name !== "ingest"));
  expect(changed("openai", "audit")).toEqual(["privacy", "publish", "evaluate"]);
  expect(changed("openai", "assign_parent")).toEqual(["hierarchy", "privacy", "publish", "evaluate"]);
  expect(changed("openai", "synthesise_conversation")).toEqual([]);
});

test("the offline provider reads no prompt", () => {
  for (const task of ["facets", "label", "audit"]) expect(changed("offline", task)).toEqual([]);
});

test("a fingerprint without prompts is made of what it always was", () => {
  const { config, version } = phaseRow("facets");
  const settings = defaultConfig();
  const material = {
    phase: "facets",
    version,
    config: Object.fromEntries(config.map((key) => [key, settings[key]])),
    input: null,
    model: { provider: "offline", model: "m", version: "1" },
    embedder: null,
    after: [fingerprints("offline").get("ingest")],
  };
  expect(fingerprints("offline").get("facets")).toBe(shortHash(canonicalJson(material)));
});
