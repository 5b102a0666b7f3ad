import { gzipSync } from "node:zlib";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openStores } from "../../cli/compose.ts";
import { silentLog } from "../../cli/log.ts";
import { stopReason } from "../../cli/runner.ts";
import { defaultConfig } from "../../shared/config.ts";
import type { RunManifest } from "../../shared/contracts/run.ts";
import { changeRun } from "../../shared/engine/run-record.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";
import type { TemporaryFolder } from "../helpers/temporary-folder.ts";
import { answerOf, clio, conversation, holdsControls, writeRows } from "./support.ts";
import type { ClioOptions } from "./support.ts";

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());
const at = (options: Partial<ClioOptions> = {}): ClioOptions => ({ cwd: folder.path, ...options });

const good = (n = 20) => Array.from({ length: n }, (_, i) => conversation(i));
const writeGood = (name = "chats.jsonl", n = 20) => writeRows(folder.path, name, good(n));

async function recordOf(runId: string): Promise<RunManifest> {
  const run = await openStores(join(folder.path, "runs"), silentLog).runs.get(runId);
  if (run === null) throw new Error(`no run ${runId}`);
  return run;
}

describe("the first phase", () => {
  test("reads, validates and prints statistics", async () => {
    await writeGood();
    const { code, stdout, stderr } = await clio(["run", "--input", "chats.jsonl", "--run-id", "first"], at());
    expect([code, stdout]).toEqual([0, ""]);
    expect(stderr).toContain("chats.jsonl (");
    expect(stderr).toContain("20 conversations");
    expect(stderr).toContain("offline: rules and a packaged encoder; no account, no key, nothing");
    expect(stderr).toContain("0 tokens, $0");
    expect(stderr).toMatch(/Users +7\n/);
    expect(stderr).toMatch(/Messages +40 \(20 user, 20 assistant\)/);
    expect(stderr).toContain("runs/first");
    expect(stderr).toContain(
      "clio run --input chats.jsonl --run-id first --resume --with-hierarchy --with-privacy",
    );
    expect(await recordOf("first")).toMatchObject({
      status: "done",
      phases: ["ingest"],
      counts: { read: 20, users: 7 },
    });
  });

  test("answers with the record, the dataset and the metrics under --json", async () => {
    await writeGood();
    const result = await clio(["run", "--input", "chats.jsonl", "--run-id", "first", "--json"], at());
    expect(answerOf(result)).toMatchObject({
      schema_version: "1.0.0",
      ok: true,
      exit_code: 0,
      run: {
        run_id: "first",
        status: "done",
        folder: "runs/first",
        counts: { read: 20 },
        phases: [{ phase: "ingest", status: "done" }],
        failure: null,
      },
      dataset: { conversations: 20 },
      clusters: null,
      privacy: null,
      metrics: { total: { calls: 0, cost_usd: 0 } },
      warnings: [],
      error: null,
    });
    expect(result.stderr).toContain("Dataset");
  });

  test("says one line under --quiet", async () => {
    await writeGood();
    const { stderr } = await clio(["run", "--input", "chats.jsonl", "--run-id", "first", "--quiet"], at());
    expect(stderr).toBe("first: done, 20 conversations, in runs/first\n");
  });

  test("takes the sample here before the packaged one, and says that it is the sample", async () => {
    for (const [place, n] of [
      ["package", 3],
      [".", 4],
    ] as const) {
      await mkdir(join(folder.path, place, "data/mock"), { recursive: true });
      await writeRows(join(folder.path, place), "data/mock/conversations_llm_200.jsonl", good(n));
      const { code, stderr } = await clio(["run"], at());
      expect(code).toBe(0);
      expect(stderr).toContain(`${n} conversations`);
      expect(stderr).toContain("the sample");
    }
  });

  test("reads a compressed file", async () => {
    await writeFile(join(folder.path, "chats.jsonl.gz"), gzipSync(await readFile(await writeGood())));
    const { code, stderr } = await clio(["run", "--input", "chats.jsonl.gz", "--run-id", "packed"], at());
    expect(code).toBe(0);
    expect(stderr).toContain("20 conversations");
    expect((await recordOf("packed")).counts.read).toBe(20);
  });

  test("keeps its runs where it is told", async () => {
    await writeGood();
    const { stderr } = await clio(
      ["run", "--input", "chats.jsonl", "--run-id", "first", "--runs-dir", "my runs"],
      at(),
    );
    expect(await readdir(join(folder.path, "my runs"))).toEqual(["first"]);
    expect(stderr).toContain("--runs-dir 'my runs'");
  });

  test("says that a key which lies around is not used, and never shows it", async () => {
    await writeGood();
    await writeFile(join(folder.path, ".env"), "AZURE_OPENAI_API_KEY=very-secret-two\n");
    const { stderr } = await clio(
      ["run", "--input", "chats.jsonl"],
      at({ env: { OPENAI_API_KEY: "very-secret-one" } }),
    );
    expect(stderr.replaceAll(/\s+/g, " ")).toContain(
      "OPENAI_API_KEY and AZURE_OPENAI_API_KEY are set but not used: the provider is offline.",
    );
    expect(stderr).not.toContain("very-secret");
  });

  test("takes settings from everywhere", async () => {
    await writeGood();
    await writeFile(join(folder.path, "clio.config.json"), '{"seed": 1, "min_users": 2}');
    await clio(
      [
        "run",
        "--input",
        "chats.jsonl",
        "--run-id",
        "set",
        "--min-users",
        "3",
        "--stream-chunk-size",
        "4",
        "--no-mask-pii",
      ],
      at({ env: { CLIO_K: "5" } }),
    );
    expect((await recordOf("set")).config).toEqual({
      ...defaultConfig(),
      seed: 1,
      min_users: 3,
      k: 5,
      facet_batch_size: 4,
      mask_pii: false,
    });
  });

  test("estimates what later phases will ask for", async () => {
    await writeGood("many.jsonl", 100);
    const interrupt = AbortSignal.abort(stopReason("interrupted", "it was interrupted"));
    const { stderr } = await clio(
      ["run", "--input", "many.jsonl", "--limit", "60", "--with-privacy"],
      at({ interrupt }),
    );
    // 126 of the audits are the auditor's calibration.
    expect(stderr.replaceAll(/\s+/g, " ")).toContain(
      "about 310 (60 facets, 2 labels, 248 audits), 0 tokens, $0",
    );
  });
});

describe("a bad input", () => {
  const bad = () => [
    ...good(3),
    "{ this is not JSON: a secret }",
    conversation(4, { timestamp: "2026-13-01 secret" }),
  ];

  test("is refused with the first issues, what to do, and where the report is", async () => {
    await writeRows(folder.path, "bad.jsonl", bad());
    const { code, stderr } = await clio(["run", "--input", "bad.jsonl", "--run-id", "bad"], at());
    expect(code).toBe(1);
    expect(stderr).toContain("2 of 5 rows are invalid");
    expect(stderr).toMatch(/ 4 +invalid_json/);
    expect(stderr).toMatch(/ 5 +bad_timestamp +\/timestamp/);
    expect(stderr).toContain("runs/bad/validation_report.json");
    expect(stderr).toContain("clio run --input bad.jsonl --run-id bad --resume --skip-invalid");
    expect(stderr).not.toContain("secret");
    expect(await recordOf("bad")).toMatchObject({
      status: "failed",
      failure: { phase: "ingest", code: "invalid_input" },
    });
  });

  test("is an error in JSON", async () => {
    await writeRows(folder.path, "bad.jsonl", bad());
    const result = await clio(["run", "--input", "bad.jsonl", "--json"], at());
    expect(answerOf(result)).toMatchObject({
      ok: false,
      exit_code: 1,
      error: { code: "invalid_input" },
      run: { status: "failed" },
    });
  });

  test("goes through with --skip-invalid, with a warning that can be made to count", async () => {
    await writeRows(folder.path, "bad.jsonl", bad());
    const argv = ["run", "--input", "bad.jsonl", "--skip-invalid"];
    const { code, stderr } = await clio(argv, at());
    expect(code).toBe(0);
    expect(stderr).toContain("Warnings");
    expect(stderr).toContain("2 invalid rows were left out");
    expect((await clio([...argv, "--fail-on-warning"], at())).code).toBe(3);
  });

  test("is never left out under --strict, whatever the settings say", async () => {
    await writeRows(folder.path, "bad.jsonl", bad());
    const { code } = await clio(
      ["run", "--input", "bad.jsonl", "--strict"],
      at({ env: { CLIO_SKIP_INVALID: "true" } }),
    );
    expect(code).toBe(1);
  });

  test("without user ids can be told to count conversations as users", async () => {
    await writeRows(
      folder.path,
      "anonymous.jsonl",
      good(5).map(({ user_id: _user, ...rest }) => rest),
    );
    const first = await clio(["run", "--input", "anonymous.jsonl", "--run-id", "anon"], at());
    expect(first.code).toBe(1);
    expect(first.stderr).toContain("--resume --users per-conversation");
    const second = await clio(
      ["run", "--input", "anonymous.jsonl", "--run-id", "anon", "--resume", "--users", "per-conversation"],
      at(),
    );
    expect(second.code).toBe(0);
    expect(await recordOf("anon")).toMatchObject({ status: "done", attempt: 2, users: "per-conversation" });
  });

  test("cannot smuggle anything into the terminal by its name", async () => {
    await writeGood("a\u001b[31mb\u202e.jsonl");
    const { stderr } = await clio(["run", "--input", "a\u001b[31mb\u202e.jsonl"], at());
    expect(holdsControls(stderr)).toBe(false);
  });
});

describe("going on", () => {
  const start = async (...more: string[]) => {
    await writeGood();
    return clio(["run", "--input", "chats.jsonl", "--run-id", "first", ...more], at());
  };

  test("keeps what is finished, its settings and its phases", async () => {
    await start("--seed", "99");
    const { code, stderr } = await clio(
      ["run", "--input", "chats.jsonl", "--run-id", "first", "--resume"],
      at({ env: { CLIO_SEED: "5" } }),
    );
    expect(code).toBe(0);
    expect(stderr).toContain("Run first, attempt 2");
    expect(stderr).toContain("Read and validate: kept from before");
    expect(stderr).not.toContain("Changed");
    expect(stderr).toContain("keeps its own 99");
    expect((await recordOf("first")).config["seed"]).toBe(99);
  });

  test("says which settings change", async () => {
    await start();
    const { stderr } = await clio(
      ["run", "--input", "chats.jsonl", "--run-id", "first", "--resume", "--limit", "5"],
      at(),
    );
    expect(stderr).toMatch(/Changed +limit none → 5/);
    expect((await recordOf("first")).counts.read).toBe(5);
  });

  test("needs to be told where the file is, unless it is the sample", async () => {
    await start();
    const argv = ["run", "--run-id", "first", "--resume"];
    const refused = await clio(argv, at());
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("--input chats.jsonl");

    await mkdir(join(folder.path, "data/mock"), { recursive: true });
    await writeRows(folder.path, "data/mock/conversations_llm_200.jsonl", good(3));
    await clio(["run", "--run-id", "sample"], at());
    expect((await clio(["run", "--run-id", "sample", "--resume"], at())).code).toBe(0);
    expect((await clio(argv, at())).code).toBe(2);
  });

  test("is refused for another file, a run that is not there, and an id that is taken", async () => {
    await start();
    await writeGood("other.jsonl", 21);
    const cases: [string[], number, string][] = [
      [["--input", "other.jsonl", "--run-id", "first", "--resume"], 2, "made from another input"],
      [["--input", "chats.jsonl", "--run-id", "no-such-run", "--resume"], 1, "There is no run no-such-run"],
      [["--input", "chats.jsonl", "--run-id", "first"], 2, "--resume"],
    ];
    for (const [argv, code, words] of cases) {
      const result = await clio(["run", ...argv], at());
      expect([result.code, result.stderr.replaceAll(/\s+/g, " ")]).toEqual([
        code,
        expect.stringContaining(words),
      ]);
    }
  });
});

describe("an interruption", () => {
  const reason = stopReason("interrupted", "it was interrupted");

  test("ends the run as stopped, and tells how to go on", async () => {
    await writeGood();
    const stop = new AbortController();
    const onStderr = (text: string): void => {
      if (text.includes("Read and validate: started")) stop.abort(reason);
    };
    const argv = ["run", "--input", "chats.jsonl", "--run-id", "cut", "--json"];
    const result = await clio(argv, at({ interrupt: stop.signal, onStderr }));
    expect(result.code).toBe(130);
    expect(result.stderr).toContain("Ctrl-C again quits at once");
    expect(result.stderr).toContain("Read and validate: stopped");
    expect(result.stderr).toContain("clio run --input chats.jsonl --run-id cut --resume");
    expect(answerOf(result)).toMatchObject({
      ok: false,
      exit_code: 130,
      run: { status: "stopped" },
      error: { code: "interrupted" },
    });
    expect(await recordOf("cut")).toMatchObject({ status: "stopped", owner: null });
    expect((await clio([...argv, "--resume"], at())).code).toBe(0);
  });

  test("before the run has begun leaves no run behind", async () => {
    await writeGood();
    const result = await clio(
      ["run", "--input", "chats.jsonl", "--json"],
      at({ interrupt: AbortSignal.abort(reason) }),
    );
    expect(result.code).toBe(130);
    expect(answerOf(result)).toMatchObject({ ok: false, exit_code: 130, error: { code: "interrupted" } });
    expect(answerOf(await clio(["list-runs", "--json"], at()))).toMatchObject({ runs: [] });
  });
});

test("a run that another process takes over is no success here", async () => {
  await writeGood();
  const { runs, clock } = openStores(join(folder.path, "runs"), silentLog);
  const openTaken = (...args: Parameters<typeof openStores>) => {
    const opened = openStores(...args);
    return {
      ...opened,
      runs: {
        ...opened.runs,
        // The other process is there as soon as the first event is written.
        appendEvents: async (...more: Parameters<typeof opened.runs.appendEvents>) => {
          await opened.runs.appendEvents(...more);
          if (more[1][0]?.event !== "run_started") return;
          await changeRun(runs, clock, "taken", (run) => ({ ...run, attempt: run.attempt + 1 }));
        },
      },
    };
  };
  const result = await clio(
    ["run", "--input", "chats.jsonl", "--run-id", "taken", "--json"],
    at({ deps: { openStores: openTaken } }),
  );
  expect(result.code).toBe(1);
  expect(answerOf(result)).toMatchObject({ ok: false, error: { code: "superseded" } });
  expect(await recordOf("taken")).toMatchObject({ status: "running", attempt: 2 });
});
