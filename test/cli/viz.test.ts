import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openStores } from "../../cli/compose.ts";
import { silentLog } from "../../cli/log.ts";
import type { PublishedFile } from "../../shared/contracts/published.ts";
import { publishedKey, publishedLatestKey } from "../../shared/keys.ts";
import { sampleManifest } from "../contracts/sample-run.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";
import type { TemporaryFolder } from "../helpers/temporary-folder.ts";
import { GENERATION, RUN_ID, sampleGeneration } from "../published/sample-generation.ts";
import { answerOf, clio, putRun } from "./support.ts";

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

const CHECK = ["viz", "--check-only", "--run-id", RUN_ID];
const at = () => ({ cwd: folder.path });

async function putPublished(
  changes: Partial<Record<PublishedFile, unknown>> = {},
  place = "runs",
): Promise<void> {
  const { published } = openStores(join(folder.path, place), silentLog);
  const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
  for (const [file, value] of Object.entries({ ...sampleGeneration(), ...changes }))
    if (value !== undefined) await published.put(publishedKey(RUN_ID, GENERATION, file), encode(value));
  await published.put(
    publishedLatestKey(RUN_ID),
    encode({
      schema_version: "1.0.0",
      run_id: RUN_ID,
      generation: GENERATION,
      published_at: "2026-11-01T00:00:00Z",
    }),
  );
}

test("a generation in order ends with 0 and says what was checked", async () => {
  await putRun(folder.path, sampleManifest(RUN_ID));
  await putPublished();
  const { code, stderr } = await clio(CHECK, at());
  expect(code, stderr).toBe(0);
  expect(stderr).toContain("is in order: 6 files");
  const answer = answerOf(await clio([...CHECK, "--json"], at()));
  expect(answer).toMatchObject({ ok: true, run_id: RUN_ID, generation: GENERATION, findings: [] });
});

test("what is wrong is told by file and place with exit code 1, and no text of the files", async () => {
  await putRun(folder.path, sampleManifest(RUN_ID));
  const { "clusters.json": clusters } = sampleGeneration();
  clusters.clusters[0]!.conversations = 14;
  clusters.clusters[0]!.name = "Secret\u001b[31m name";
  await putPublished({ "clusters.json": clusters, "map.json": undefined });
  const { code, stderr } = await clio(CHECK, at());
  expect(code).toBe(1);
  expect(stderr).toMatch(/map\.json +missing_file/);
  await putPublished({ "clusters.json": clusters });
  const told = await clio([...CHECK, "--json"], at());
  expect(told.stderr).toMatch(/clusters\.json +below_minimum/);
  expect(told.stderr).not.toContain("Secret");
  expect(answerOf(told)).toMatchObject({ ok: false, exit_code: 1 });
});

test("a check without a run says which one to name", async () => {
  const nameless = await clio(["viz", "--check-only"], at());
  expect(nameless.code).toBe(2);
  expect(nameless.stderr).toContain("--run-id");
});

test("a run that published nothing is told so", async () => {
  await putRun(folder.path, sampleManifest(RUN_ID));
  const { code, stderr } = await clio(CHECK, at());
  expect(code).toBe(1);
  expect(stderr).toContain("--with-privacy");
});

test("under --target aws it reads the published bucket and not the private one", async () => {
  await putRun(folder.path, sampleManifest(RUN_ID));
  await putPublished({}, "published-bucket");
  const openStage = async () => ({
    ...openStores(join(folder.path, "runs"), silentLog),
    published: openStores(join(folder.path, "published-bucket"), silentLog).published,
  });
  const { code, stderr } = await clio([...CHECK, "--target", "aws"], { ...at(), deps: { openStage } });
  expect(code, stderr).toBe(0);
});
