import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { MAX_BODY_BYTES, apiRoutes } from "../../shared/contracts/api.ts";
import { problem } from "../../shared/contracts/problem.ts";
import { UPLOADS_PREFIX, runPrefix } from "../../shared/keys.ts";
import { openBrowser, openPage, settled } from "../browser/support/chromium.ts";
import { collect } from "../helpers/collect.ts";
import { hasMinistack } from "../helpers/ministack.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";
import type { TemporaryFolder } from "../helpers/temporary-folder.ts";
import { DeployedStage } from "./stage.ts";

const SAMPLE = resolve(import.meta.dirname, "../../data/mock/conversations_llm_200.jsonl");

let folder: TemporaryFolder;
let stage: DeployedStage;
let browser: Browser;
let api: string;

beforeAll(async () => {
  if (!hasMinistack()) throw new Error("npm run localstack:install first");
  folder = await temporaryFolder();
  [stage, browser] = await Promise.all([
    DeployedStage.deploy(join(folder.path, "state"), { allowRawMessages: "true" }),
    openBrowser(),
  ]);
  api = await stage.api();
});
afterAll(async () => {
  await browser?.close();
  await stage?.stop();
  await folder?.remove();
});

const post = (body: unknown): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

test("from an empty stage over an uploaded file to its groups, in the site that the deployment put there", async () => {
  const { page, foreign, complaints, context } = await openPage(browser, stage.dashboard);
  await page.getByText("No run yet").waitFor();
  await page.getByRole("main").getByRole("link", { name: "New run" }).click();
  await page.getByLabel("File of conversations").setInputFiles(SAMPLE);
  await page.getByText("Every line is right").waitFor();
  await page.getByRole("button", { name: "Send the file and estimate" }).click();
  await page.getByText("nothing: answered on this machine").waitFor();
  await page.getByRole("button", { name: "Start the run" }).dblclick();

  await page.waitForURL(/\/runs\/run-[0-9a-f]{16}\/progress/);
  await page.getByText("What it found is published.").waitFor({ timeout: 240_000 });
  for (const name of ["Overview", "Map", "Hierarchy", "Privacy", "Evaluation", "Artifacts"]) {
    await page.getByRole("navigation").getByRole("link", { name }).click();
    await settled(page);
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await page.getByRole("alert").count(), name).toBe(0);
  }
  const { runs } = await stage.runs.list({ limit: 10 });
  expect(runs.map(({ status }) => status)).toEqual(["done"]);
  expect(foreign).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
});

test("raw conversations are shown with a reason, which is written down beside the run", async () => {
  const [run] = (await stage.runs.list({ limit: 1 })).runs;
  const at = `${api}/runs/${run!.run_id}/conversations`;
  const listed = await (await fetch(`${at}?limit=1`)).json();
  const { rows } = apiRoutes.conversations.answer.parse(listed);
  expect((await fetch(`${at}/${rows[0]!.row}/reveal`, post({ reason: "no" }))).status).toBe(400);
  const response = await fetch(`${at}/${rows[0]!.row}/reveal`, post({ reason: "somebody asked us to" }));
  expect(apiRoutes.reveal.answer.parse(await response.json()).messages.length).toBeGreaterThan(0);
  expect(response.headers.get("cache-control")).toBe("no-store");
  const recorded = await collect(stage.objects.list(`${runPrefix(run!.run_id)}private/reveals/`));
  expect(recorded).toHaveLength(1);
});

test("a run is stopped, goes on, and is deleted with its upload, all from the page's own routes", async () => {
  const bytes = await readFile(SAMPLE);
  const begun = await fetch(`${api}/uploads`, post({ name: "stopped.jsonl", bytes: bytes.length }));
  const { upload_id: id } = apiRoutes.createUpload.answer.parse(await begun.json());
  const target = await (await fetch(`${api}/uploads/${id}/parts/1`, { method: "POST" })).json();
  const { url } = apiRoutes.partTarget.answer.parse(target);
  expect((await fetch(url, { method: "PUT", body: bytes })).status).toBe(200);
  expect((await fetch(`${api}/uploads/${id}/complete`, { method: "POST" })).status).toBe(200);
  const asked = { input: { kind: "upload", upload_id: id }, settings: { seed: 3 } };
  const create = post({ request_id: randomUUID(), stages: ["hierarchy", "privacy"], ...asked });
  const { run_id: runId } = apiRoutes.createRun.answer.parse(
    await (await fetch(`${api}/runs`, create)).json(),
  );
  const at = `${api}/runs/${runId}`;

  await stage.until((run) => run.run_id === runId && run.phase_states.facets?.status === "running");
  expect((await fetch(at, { method: "DELETE" })).status).toBe(409);
  expect((await fetch(`${at}/resume`, post({ stages: [], settings: {} }))).status).toBe(409);
  expect((await fetch(`${at}/stop`, { method: "POST" })).status).toBe(202);
  await stage.until((run) => run.run_id === runId && run.status === "stopped");
  expect((await fetch(`${at}/stop`, { method: "POST" })).status).toBe(409);

  expect((await fetch(`${at}/resume`, post({ stages: [], settings: {} }))).status).toBe(202);
  const ended = await stage.until(
    (run) => run.run_id === runId && run.finished_at !== null && run.attempt === 2,
  );
  expect(ended.status).toBe("done");

  expect((await fetch(`${at}?dry_run=false`, { method: "DELETE" })).status).toBe(200);
  expect(await stage.runs.get(runId)).toBeNull();
  expect(await collect(stage.objects.list(runPrefix(runId)))).toEqual([]);
  expect(await collect(stage.published.list(runPrefix(runId)))).toEqual([]);
  expect(await collect(stage.objects.list(`${UPLOADS_PREFIX}${id}/`))).toEqual([]);
});

test.each<[string, string, RequestInit, number]>([
  ["a run that there is not", "/runs/no-such-run", {}, 404],
  ["a way out of the runs", "/runs/some-run/artifacts/..%2f..%2fconfig%2fclio.json", {}, 404],
  ["an upload of nobody", `/uploads/${"0".repeat(32)}`, {}, 404],
  ["a cursor that is none", "/runs?cursor=nonsense", {}, 400],
  ["a body that is too large", "/uploads", { ...post("x".repeat(MAX_BODY_BYTES + 1)) }, 413],
  [
    "a body that is no JSON",
    "/uploads",
    { method: "POST", body: "{", headers: { "content-type": "application/json" } },
    400,
  ],
  ["a check of what was not sent", `/uploads/${"0".repeat(32)}/validation`, post({ users: "required" }), 404],
])("%s is refused through the gateway, and nothing disclosed", async (_what, path, init, status) => {
  const response = await fetch(api + path, init);
  expect(response.status).toBe(status);
  const text = await response.text();
  expect(() => problem.parse(JSON.parse(text))).not.toThrow();
  expect(text).not.toMatch(/arn:aws|Error:|at file|stack|ant-clio-local-data/i);
});
