import { publishedText } from "../../bench/attack/canaries.ts";
import { artifacts } from "../../shared/contracts/artifacts.ts";
import { summarizeRun } from "../../shared/engine/summary.ts";
import { artifactKey, runFile, runPrefix } from "../../shared/keys.ts";
import { aggregateApp } from "../helpers/api-app.ts";
import type { MemoryRun } from "../helpers/memory-run.ts";

/** Files of a run's folder that are meant for people, and hold counts and codes. */
const FOR_PEOPLE = [
  artifacts.validation_report.path,
  artifacts.privacy_audit.path,
  artifacts.privacy_report.path,
];
/** Why a batch or a step failed. */
const FAILED = /\/(?:\d+\.)?failed-\d+\.json$/;

/** Everything that readers of the API get of a run, errors among it. */
async function apiBodies(result: MemoryRun): Promise<string> {
  const app = aggregateApp(result);
  const { run_id: id } = result.run;
  const files = [
    "published/latest.json",
    "run_manifest.json",
    "facets/facets.jsonl",
    "privacy/privacy_audit.json",
  ];
  const ofRun = ["", "/metrics", "/events", "/evaluation", "/log", "/artifacts", "/conversations"];
  const rests = [...ofRun, ...files.map((file) => `/artifacts/${file}`)];
  const paths = [
    "/health",
    "/runs",
    "/capabilities",
    "/nothing",
    ...rests.map((rest) => `/runs/${id}${rest}`),
  ];
  const bodies = paths.map(async (path) => (await app.request(`/api${path}`)).text());
  return (await Promise.all(bodies)).join("\n");
}

/** What readers, operators and logs get of a run: nothing of it may hold what one person said. */
export async function outputsOf(result: MemoryRun): Promise<Record<string, string>> {
  const { objects, runs, run, log, failure } = result;
  await summarizeRun(objects, run, { total: 0, phases: new Map(), peakRssMib: 0 });
  const textOf = async (key: string): Promise<string> =>
    new TextDecoder().decode((await objects.get(key)) ?? new Uint8Array());
  const failures: string[] = [];
  for await (const { key } of objects.list(runPrefix(run.run_id)))
    if (FAILED.test(key)) failures.push(key, await textOf(key));
  const reports = FOR_PEOPLE.map((path) => textOf(artifactKey(run.run_id, path)));
  return {
    published: await publishedText(result),
    events: JSON.stringify(await runs.readEvents(run.run_id, { after: 0, limit: 10_000 })),
    log: log.lines.join("\n"),
    record: JSON.stringify(await runs.get(run.run_id)),
    failure: JSON.stringify(failure),
    failures: failures.join("\n"),
    reports: (await Promise.all(reports)).join("\n"),
    metrics: await textOf(runFile(run.run_id, "metrics")),
    warnings: await textOf(runFile(run.run_id, "warnings")),
    api: await apiBodies(result),
  };
}
