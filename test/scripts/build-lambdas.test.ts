import { execFile } from "node:child_process";
import { readFile, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { assetOf } from "../../infra/phase-access.ts";
import { buildLambdas } from "../../scripts/build-lambdas.ts";
import { pipeline } from "../../shared/pipeline.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";
import type { TemporaryFolder } from "../helpers/temporary-folder.ts";

/** Of a bundle without the encoder, minified: what a cold start reads. */
const BUNDLE_LIMIT = 1_600_000;
/** Lambda's limit of a function's code, unpacked. */
const ASSET_LIMIT = 250 * 2 ** 20;

let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await temporaryFolder();
  await buildLambdas(folder.path);
});
afterAll(() => folder.remove());

/** Runs a line of JavaScript in an asset's folder with this Node, nothing of the repository around it; its JSON answer. */
async function inAsset(asset: string, line: string): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", line], {
    cwd: join(folder.path, asset),
    env: { CLIO_STAGE: "test", CLIO_PROVIDER_SECRET: "none" },
  });
  return JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
}

/** The files that importing one loads at once: what is imported on demand is not among them. */
async function loadedWith(asset: string, file: string, found = new Set<string>()): Promise<Set<string>> {
  if (found.has(file)) return found;
  found.add(file);
  const code = await readFile(join(folder.path, asset, file), "utf8");
  for (const [, imported] of code.matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.mjs)"/g))
    await loadedWith(asset, imported!, found);
  return found;
}

const ENTRIES: readonly [string, string][] = [
  ...pipeline.map((row): [string, string] => [assetOf(row), row.name]),
  ...["start", "end", "backstop", "read"].map((name): [string, string] => ["light", name]),
  ["encoder", "check-provider"],
];

test.each(ENTRIES)(
  "%s/%s.mjs has a handler and is at most 1.6 MB with all it loads",
  async (asset, entry) => {
    const answer = await inAsset(
      asset,
      `const { handler } = await import("./${entry}.mjs"); console.log(JSON.stringify(typeof handler))`,
    );
    expect(answer).toBe("function");
    let bytes = 0;
    for (const file of await loadedWith(asset, `${entry}.mjs`))
      bytes += (await stat(join(folder.path, asset, file))).size;
    expect(bytes).toBeLessThan(BUNDLE_LIMIT);
  },
);

test("the encoder's asset fits into a function, and embeds from there", async () => {
  let bytes = 0;
  for (const entry of await readdir(join(folder.path, "encoder"), { recursive: true, withFileTypes: true }))
    if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name))).size;
  expect(bytes).toBeLessThan(ASSET_LIMIT);
  const context = "{ getRemainingTimeInMillis: () => 60000 }";
  const call = `const { handler } = await import("./check-provider.mjs");
    console.log(JSON.stringify(await handler({ provider: "offline" }, ${context})));
    process.exit()`;
  expect(await inAsset("encoder", call)).toMatchObject({
    ok: true,
    provider: { model: { provider: "offline" } },
    embedding: { dimensions: 612 },
    question: { ok: true, cost_usd: 0 },
  });
});
