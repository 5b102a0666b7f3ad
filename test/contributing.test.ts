import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "..");
const COPIED = ["shared", "cli", "lambdas", "data", "package.json", "tsconfig.json"];
/** A code block whose first line says where it goes: a path, and "new" or an anchor. */
const BLOCK = /^```ts\n\/\/ (\S+), (new|(?:after|before|replace): .*)\n([\s\S]*?)^```$/gm;

let folder: string;

/** The text with a block put where its first line says; an anchor that is not there fails the test. */
function placed(text: string, where: string, block: string): string {
  const [, kind, anchor = ""] = /^(after|before|replace): (.*)$/.exec(where)!;
  const found = anchor.replaceAll("\\n", "\n");
  expect(text).toContain(found);
  if (kind === "replace") return text.replace(found, () => block.trimEnd());
  return text.replace(found, () => (kind === "after" ? `${found}\n${block.trimEnd()}` : `${block}${found}`));
}

function run(file: string, args: readonly string[]): Promise<{ code: number; output: string }> {
  return new Promise((done) => {
    execFile(
      file,
      args,
      { cwd: folder, env: { PATH: process.env["PATH"], NO_COLOR: "1" } },
      (error, stdout, stderr) => done({ code: error === null ? 0 : 1, output: stdout + stderr }),
    );
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "clio-contributing-"));
  for (const name of COPIED) await cp(join(ROOT, name), join(folder, name), { recursive: true });
  await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));
  const guide = await readFile(join(ROOT, "CONTRIBUTING.md"), "utf8");
  const blocks = [...guide.matchAll(BLOCK)];
  expect(blocks.length).toBeGreaterThan(10);
  for (const [, path, where, block] of blocks) {
    const file = join(folder, path!);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, where === "new" ? block! : placed(await readFile(file, "utf8"), where!, block!));
  }
  const config = /^```json\n([\s\S]*?)^```$/m.exec(guide)![1]!;
  await writeFile(join(folder, "clio.config.json"), config);
}, 60_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

test("the examples of CONTRIBUTING.md satisfy the type checker", async () => {
  const { code, output } = await run(join(ROOT, "node_modules/.bin/tsc"), ["-p", "tsconfig.json"]);
  expect(code, output).toBe(0);
});

test("they run: the phase writes its artifact, the facet is answered, the provider signs", async () => {
  const { code, output } = await run(process.execPath, [
    "cli/clio.ts",
    "run",
    "--with-facets",
    "--provider",
    "first-message",
    "--embedder",
    "offline",
    "--run-id",
    "guide",
  ]);
  expect(code, output).toBe(0);
  const read = async (path: string): Promise<unknown> =>
    JSON.parse(await readFile(join(folder, "runs/guide", path), "utf8"));
  const { table } = (await read("facets/turns.json")) as { table: { conversations: number }[] };
  expect(table.reduce((sum, { conversations }) => sum + conversations, 0)).toBe(240);
  expect(await read("run_manifest.json")).toMatchObject({
    model: { provider: "first-message" },
    phase_states: { turns: { status: "done" } },
  });
  const facets = (await readFile(join(folder, "runs/guide/facets/facets.jsonl"), "utf8"))
    .trimEnd()
    .split("\n");
  const answers = facets.map(
    (line) => (JSON.parse(line) as { custom: { wants_code: boolean | null } }).custom.wants_code,
  );
  expect(answers).toContain(true);
});
