import { execFile } from "node:child_process";
import { mkdtemp, rm, symlink, writeFile, mkdir, copyFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

/** Snippets that the rooms' import rules must refuse: where, and what. */
const REFUSED: readonly [string, string][] = [
  ["shared/contracts/probe.ts", 'import { x } from "../keys.ts";'],
  ["shared/contracts/probe.ts", 'import { x } from "node:fs";'],
  ["shared/keys.ts", 'import { x } from "./domain/hash.ts";'],
  ["shared/ports/probe.ts", 'import { x } from "../adapters/system-clock.ts";'],
  ["shared/domain/probe.ts", 'import { x } from "node:fs";'],
  ["shared/domain/probe.ts", 'import { x } from "../engine/session.ts";'],
  ["shared/domain/probe.ts", "const x = Math.random();"],
  ["shared/domain/probe.ts", "const x = Date.now();"],
  ["shared/domain/probe.ts", "const x = process.pid;"],
  ["shared/domain/input/probe.ts", 'import { x } from "node:crypto";'],
  ["shared/phases/probe.ts", 'import { x } from "../engine/parts.ts";'],
  ["shared/phases/probe.ts", 'import { x } from "../adapters/memory/object-store.ts";'],
  ["shared/engine/probe.ts", 'import { x } from "../adapters/memory/object-store.ts";'],
  ["shared/adapters/probe.ts", 'import { x } from "../phases/all.ts";'],
  ["shared/domain/probe.ts", 'import { x } from "../../cli/runner.ts";'],
  ["cli/probe.ts", 'import { x } from "../infra/app.ts";'],
  ["lambdas/probe.ts", 'import { x } from "../cli/runner.ts";'],
  ["infra/probe.ts", 'import { x } from "../shared/phases/all.ts";'],
  ["frontend/probe.ts", 'import { x } from "../shared/adapters/system-clock.ts";'],
  ["localstack/probe.ts", 'import { x } from "../shared/adapters/aws/clients.ts";'],
  ["localstack/probe.ts", 'import { x } from "../infra/app.ts";'],
];

const ALLOWED: readonly [string, string][] = [
  ["shared/contracts/probe.ts", 'import { x } from "./common.ts";'],
  ["shared/domain/probe.ts", 'import { x } from "node:crypto";'],
  ["shared/phases/probe.ts", 'import { x } from "../domain/hash.ts";'],
  ["shared/engine/probe.ts", 'import { x } from "../phases/phase.ts";'],
  ["cli/probe.ts", 'import { x } from "../shared/adapters/system-clock.ts";'],
  ["localstack/probe.ts", 'import { x } from "../shared/contracts/run-table.ts";'],
];

const root = resolve(import.meta.dirname, "..");
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "clio-boundaries-"));
  await copyFile(join(root, ".oxlintrc.json"), join(folder, ".oxlintrc.json"));
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** The rules that a file with one snippet breaks, of those that guard the rooms. */
async function boundaryRules(path: string, snippet: string): Promise<string[]> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${snippet}\nexport const y = x;\n`);
  const output = await new Promise<string>((done) => {
    execFile(
      join(root, "node_modules/.bin/oxlint"),
      ["--format", "json", path],
      { cwd: folder },
      (_error, stdout) => done(stdout),
    );
  });
  await rm(file);
  const { diagnostics } = JSON.parse(output) as { diagnostics: { code: string }[] };
  return diagnostics.map(({ code }) => code).filter((code) => code.includes("no-restricted"));
}

test.each(REFUSED)("%s may not hold: %s", async (path, snippet) => {
  expect(await boundaryRules(path, snippet)).not.toEqual([]);
});

test.each(ALLOWED)("%s may hold: %s", async (path, snippet) => {
  expect(await boundaryRules(path, snippet)).toEqual([]);
});
