import { chown, lstat, readFile, readdir } from "node:fs/promises";
import { spawnSync } from "node:child_process";
import { writeSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { openStores } from "../../cli/compose.ts";
import { shellWord } from "../../cli/render/text.ts";
import { silentLog } from "../../cli/log.ts";
import { validationReport } from "../../shared/contracts/validation.ts";
import { clio as spawnClio } from "../helpers/clio.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";
import type { TemporaryFolder } from "../helpers/temporary-folder.ts";
import { CONTENT_FILE, badContents, goodContents } from "./bad-input/contents.ts";
import { inputFiles } from "./bad-input/input-files.ts";
import { CONTENT } from "./bad-input/kind.ts";
import type { Kind } from "./bad-input/kind.ts";
import { badPlaces } from "./bad-input/places.ts";
import { badWords } from "./bad-input/words.ts";
import { answerOf, clio, holdsControls } from "./support.ts";
import type { ClioResult } from "./support.ts";

const KINDS: readonly Kind[] = [...inputFiles, ...badContents, ...goodContents, ...badWords, ...badPlaces];

/** CLIO_SHOW_BAD_INPUT=1 prints what a user would see of each kind. */
const SHOWS = (process.env["CLIO_SHOW_BAD_INPUT"] ?? "") !== "";
/** Root may read and write everything; a process of the user "nobody" may not. */
const NOBODY = 65_534;
const IS_ROOT = process.getuid?.() === 0;
/** Nobody must be able to read this program: a checkout in root's home is closed to others. */
const CAN_DROP_RIGHTS = !IS_ROOT || nobodyCanRead(resolve(import.meta.dirname, "../../cli/clio.ts"));

function nobodyCanRead(path: string): boolean {
  const words = ["-e", `fs.readFileSync(${JSON.stringify(path)})`];
  return spawnSync(process.execPath, words, { uid: NOBODY, cwd: "/", stdio: "ignore" }).status === 0;
}

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

const screens: string[] = [];
afterAll(() => {
  if (SHOWS) writeSync(2, `${screens.join("\n\n")}\n\n${KINDS.length} kinds\n`);
});

interface Entry {
  readonly kind: "folder" | "other" | "file";
  readonly size: number;
  readonly changedMs: number;
}

/** Everything below a folder: relative path -> what is there. */
async function inventory(root: string): Promise<Map<string, Entry>> {
  const found = new Map<string, Entry>();
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const { size, mtimeMs } = await lstat(path);
    const kind = entry.isDirectory() ? "folder" : entry.isFile() ? "file" : "other";
    // The time of a folder says that something came and went in it, which is no trace.
    found.set(
      relative(root, path),
      kind === "folder" ? { kind, size: 0, changedMs: 0 } : { kind, size, changedMs: mtimeMs },
    );
  }
  return found;
}

/** What a command added or changed; what was there must still be there. */
async function traces(before: ReadonlyMap<string, Entry>): Promise<string[]> {
  const after = await inventory(folder.path);
  for (const path of before.keys()) expect(after.has(path), `${path} is gone`).toBe(true);
  return [...after]
    .filter(([path, entry]) => JSON.stringify(entry) !== JSON.stringify(before.get(path)))
    .map(([path]) => path);
}

async function expectEndedRun(added: readonly string[], kind: Kind): Promise<void> {
  expect(added.filter((path) => !/^runs(\/bad(\/.*)?)?$/.test(path))).toEqual([]);
  expect(added.filter((path) => /\.tmp|\.run\.lock/.test(path))).toEqual([]);
  const run = await openStores(join(folder.path, "runs"), silentLog).runs.get("bad");
  expect(run).toMatchObject({ owner: null, finished_at: expect.any(String) as string });
  if (kind.leaves === "failed run") {
    expect(run).toMatchObject({ status: "failed", failure: { code: kind.code } });
    expect(run?.failure?.message).not.toMatch(/undefined|\[object/);
  } else {
    expect(run?.status).toMatch(/^done/);
  }
  const report = "runs/bad/validation_report.json";
  if (added.includes(report)) await expectReport(report);
}

async function expectReport(path: string) {
  return validationReport.parse(JSON.parse(await readFile(join(folder.path, path), "utf8")));
}

/** Nothing half-written, nothing running that nobody runs, nothing that was there before touched. */
async function expectLeft(before: ReadonlyMap<string, Entry>, kind: Kind): Promise<void> {
  const added = await traces(before);
  switch (kind.leaves) {
    case "nothing":
      expect(added).toEqual([]);
      return;
    case "report": {
      const files = added.filter((path) => path.endsWith(".json"));
      expect(files).toHaveLength(1);
      expect(added.filter((path) => !files[0]?.startsWith(path))).toEqual([]);
      await expectReport(files[0] ?? "");
      return;
    }
    case "failed run":
    case "finished run":
      return expectEndedRun(added, kind);
  }
}

async function runKind(kind: Kind): Promise<ClioResult> {
  const { command, env, deps, process: needed } = kind;
  if (needed === undefined) {
    return clio(command, {
      cwd: folder.path,
      ...(env === undefined ? {} : { env }),
      ...(deps === undefined ? {} : { deps }),
    });
  }
  const uid = needed === "unprivileged" && IS_ROOT ? NOBODY : undefined;
  if (uid !== undefined) await chown(folder.path, uid, uid);
  const { code, stdout, stderr } = await spawnClio(command, {
    cwd: folder.path,
    env: { ...env } as Record<string, string>,
    ...(uid === undefined ? {} : { uid }),
  });
  return { code: code ?? -1, stdout, stderr };
}

/** A screen as one line, so that it does not matter where lines break. */
const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ");

function remember({ name, command, env }: Kind, { code, stdout, stderr }: ClioResult): void {
  const variables = Object.entries(env ?? {}).map(([variable, value]) => `${variable}=${value ?? ""} `);
  screens.push(
    `### ${name}\n$ ${variables.join("")}clio ${command.map(shellWord).join(" ")}\n${stdout}${stderr}[exit code ${code}]`,
  );
}

test("there are at least 60 kinds, each with a name of its own", () => {
  expect(KINDS.length).toBeGreaterThanOrEqual(60);
  expect(new Set(KINDS.map(({ name }) => name)).size).toBe(KINDS.length);
});

describe.each(KINDS.map((kind) => [kind.name, kind] as const))("%s", (_name, kind) => {
  const cannot = kind.process === "unprivileged" && !CAN_DROP_RIGHTS;
  test.skipIf(cannot)(
    "ends as it should, says why and what to do, and leaves nothing half done",
    async () => {
      await kind.make?.(folder.path);
      const before = await inventory(folder.path);
      const result = await runKind(kind);
      remember(kind, result);
      expect(result.code, result.stderr).toBe(kind.exit);
      expect(oneLine(result.stderr)).toMatch(kind.cause);
      expect(oneLine(result.stderr)).toMatch(kind.advice);
      if (!kind.command.includes("--json")) expect(result.stdout).toBe("");
      expect(holdsControls(result.stderr)).toBe(false);
      expect(result.stderr).not.toContain(CONTENT);
      await expectLeft(before, kind);
    },
  );

  test.skipIf(kind.process === "unprivileged")("is one JSON object on stdout under --json", async () => {
    await kind.make?.(folder.path);
    const { process: _own, ...here } = kind;
    const result = await runKind(
      kind.command.includes("--json") ? here : { ...here, command: [...kind.command, "--json"] },
    );
    expect(result.code).toBe(kind.exit);
    const answer = answerOf(result);
    expect(answer["exit_code"]).toBe(kind.exit);
    expect(answer.error?.code ?? null).toBe(kind.code);
    expect(result.stdout).not.toContain(CONTENT);
    expect(holdsControls(result.stdout)).toBe(false);
  });
});

describe("validate-input of each of these contents", () => {
  const OUT = ["--report-json", "report.json"];

  test.each(badContents.map((kind) => [kind.name, kind] as const))(
    "%s: not valid, in a whole report",
    async (_name, kind) => {
      await kind.make?.(folder.path);
      const before = await inventory(folder.path);
      const { code, stderr } = await clio(["validate-input", "--input", CONTENT_FILE, ...OUT], {
        cwd: folder.path,
      });
      expect(code, stderr).toBe(1);
      expect(stderr).not.toContain(CONTENT);
      expect(holdsControls(stderr)).toBe(false);
      expect(await traces(before)).toEqual(["report.json"]);
      const report = await expectReport("report.json");
      expect(report.ok).toBe(false);
      expect(JSON.stringify(report)).not.toContain(CONTENT);
      for (const issue of Object.keys(report.issues_by_code)) expect(stderr).toContain(issue);
    },
  );

  const valid = goodContents.filter(({ command }) => !command.includes("--skip-invalid"));
  test.each(valid.map((kind) => [kind.name, kind] as const))("%s: valid", async (_name, kind) => {
    await kind.make?.(folder.path);
    const { code, stderr } = await clio(["validate-input", "--input", CONTENT_FILE, ...OUT], {
      cwd: folder.path,
    });
    expect(code, stderr).toBe(0);
    expect((await expectReport("report.json")).ok).toBe(true);
  });
});
