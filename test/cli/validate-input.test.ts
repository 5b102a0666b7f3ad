import { createHash } from "node:crypto";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { stopReason } from "../../cli/runner.ts";
import { validationReport } from "../../shared/contracts/validation.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";
import type { TemporaryFolder } from "../helpers/temporary-folder.ts";
import { answerOf, clio, conversation, writeRows } from "./support.ts";
import type { ClioOptions } from "./support.ts";

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());
const at = (options: Partial<ClioOptions> = {}): ClioOptions => ({ cwd: folder.path, ...options });
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const readReport = async (name: string) =>
  validationReport.parse(JSON.parse(await readFile(join(folder.path, name), "utf8")));

const good = () => Array.from({ length: 12 }, (_, i) => conversation(i));
const bad = () => [...good(), "not JSON: a secret", conversation(1), conversation(99, { usr: "a secret" })];

describe("a good file", () => {
  test("is valid, with statistics and the next step", async () => {
    await writeRows(folder.path, "good.jsonl", good());
    const { code, stdout, stderr } = await clio(["validate-input", "--input", "good.jsonl"], at());
    expect([code, stdout]).toEqual([0, ""]);
    expect(stderr).toContain("✔ Valid  good.jsonl");
    expect(stderr).toMatch(/Invalid +none/);
    expect(stderr).toMatch(/Messages +24/);
    expect(stderr).toContain("clio run --input good.jsonl");
  });

  test("leaves nothing but the report behind", async () => {
    await writeRows(folder.path, "good.jsonl", good());
    await clio(["validate-input", "--input", "good.jsonl", "--report-json", "deep/report.json"], at());
    expect(await readReport("deep/report.json")).toMatchObject({ ok: true, counts: { valid: 12 } });
    expect([await readdir(folder.path), await readdir(join(folder.path, "deep"))]).toEqual([
      ["deep", "good.jsonl"],
      ["report.json"],
    ]);
  });

  test("is known by the hash of what is stored, also when compressed", async () => {
    const plain = await readFile(await writeRows(folder.path, "good.jsonl", good()));
    const packed = gzipSync(plain);
    await writeFile(join(folder.path, "good.jsonl.gz"), packed);
    for (const [name, bytes] of [
      ["good.jsonl", plain],
      ["good.jsonl.gz", packed],
    ] as const) {
      await clio(["validate-input", "--input", name, "--report-json", "report.json"], at());
      expect((await readReport("report.json")).input.sha256).toBe(sha256(bytes));
    }
  });

  test("may do without user ids if that is said, by flag or by setting", async () => {
    await writeRows(
      folder.path,
      "anonymous.jsonl",
      good().map(({ user_id: _user, ...rest }) => rest),
    );
    const argv = ["validate-input", "--input", "anonymous.jsonl"];
    expect((await clio(argv, at())).code).toBe(1);
    expect((await clio([...argv, "--users", "per-conversation"], at())).code).toBe(0);
    expect((await clio(argv, at({ env: { CLIO_USERS: "per-conversation" } }))).code).toBe(0);
    expect((await clio([...argv, "--users", "nobody"], at())).code).toBe(2);
  });
});

describe("a bad file", () => {
  test("is told kind by kind, with what to do, and where; never with its content", async () => {
    await writeRows(folder.path, "bad.jsonl", bad());
    const { code, stderr } = await clio(["validate-input", "--input", "bad.jsonl"], at());
    expect(code).toBe(1);
    expect(stderr).toContain("✖ Not valid");
    expect(stderr).toMatch(/Invalid +3, with 3 issues/);
    for (const kind of ["invalid_json", "duplicate_id", "unknown_field"])
      expect(stderr).toContain(`  ${kind}  1 row`);
    expect(stderr).toContain("→ Rename it to the field it stands for");
    expect(stderr).toMatch(/\n +13 +invalid_json/);
    expect(stderr).not.toContain("secret");
  });

  test("is reported in full as a file, on stdout, or in the answer", async () => {
    await writeRows(folder.path, "bad.jsonl", bad());
    const argv = ["validate-input", "--input", "bad.jsonl"];
    await clio([...argv, "--report-json", "report.json"], at());
    const report = await readReport("report.json");
    expect(report).toMatchObject({ ok: false, counts: { invalid: 3 }, users: "required" });

    const piped = await clio([...argv, "--report-json", "-"], at());
    expect(validationReport.parse(JSON.parse(piped.stdout))).toEqual(report);

    const answer = answerOf(await clio([...argv, "--json"], at()));
    expect(answer).toMatchObject({ ok: false, exit_code: 1 });
    expect(answer["report"]).toEqual(report);
  });

  test("shows ten issues and counts the rest", async () => {
    await writeRows(
      folder.path,
      "bad.jsonl",
      Array.from({ length: 25 }, () => "{}"),
    );
    const { stderr } = await clio(["validate-input", "--input", "bad.jsonl"], at());
    expect(stderr).toContain("The first 10");
    expect(stderr).toMatch(/… \d+ more/);
  });

  test("may be empty", async () => {
    await writeFile(join(folder.path, "empty.jsonl"), "");
    const { code, stderr } = await clio(["validate-input", "--input", "empty.jsonl"], at());
    expect(code).toBe(1);
    expect(stderr).toContain("empty_input");
  });

  test("may be a torn archive", async () => {
    await writeFile(
      join(folder.path, "torn.jsonl.gz"),
      gzipSync(Buffer.from(JSON.stringify(conversation(1)))).subarray(0, 60),
    );
    const { code, stderr } = await clio(["validate-input", "--input", "torn.jsonl.gz"], at());
    expect(code).toBe(1);
    expect(stderr).toContain("cut off");
  });
});

test("an interruption ends it with 130", async () => {
  await writeRows(folder.path, "good.jsonl", good());
  const interrupt = AbortSignal.abort(stopReason("interrupted", "it was interrupted"));
  const { code, stderr } = await clio(["validate-input", "--input", "good.jsonl"], at({ interrupt }));
  expect(code).toBe(130);
  expect(stderr).toContain("Interrupted.");
});
