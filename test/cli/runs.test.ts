import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pid } from "node:process";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { currentOwner, openStores } from "../../cli/compose.ts";
import { silentLog } from "../../cli/log.ts";
import { manualClock } from "../../shared/adapters/memory/manual-clock.ts";
import { systemClock } from "../../shared/adapters/system-clock.ts";
import type { Owner, RunManifest } from "../../shared/contracts/run.ts";
import { changeRun } from "../../shared/engine/run-record.ts";
import { runPrefix } from "../../shared/keys.ts";
import { sampleEvent, sampleManifest } from "../contracts/sample-run.ts";
import { collect } from "../helpers/collect.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";
import type { TemporaryFolder } from "../helpers/temporary-folder.ts";
import { answerOf, clio, holdsControls, putRun } from "./support.ts";
import type { ClioOptions } from "./support.ts";

const NOW = Date.parse("2026-11-10T12:00:00.000Z");

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());
const at = (options: Partial<ClioOptions> = {}): ClioOptions => ({
  cwd: folder.path,
  clock: manualClock(NOW),
  ...options,
});
const stores = () => openStores(join(folder.path, "runs"), silentLog);

const minutesAgo = (minutes: number): string => new Date(NOW - minutes * 60_000).toISOString();

function doneRun(runId: string, ageMinutes: number, changes: Partial<RunManifest> = {}): RunManifest {
  const time = minutesAgo(ageMinutes);
  return sampleManifest(runId, {
    status: "done",
    attempt: 1,
    created_at: time,
    updated_at: time,
    finished_at: time,
    dataset: { name: "chats.jsonl", bytes: 1234, sha256: "0".repeat(64) },
    phase_states: {
      ingest: {
        status: "done",
        fingerprint: null,
        started_at: time,
        finished_at: new Date(Date.parse(time) + 12_000).toISOString(),
      },
    },
    counts: { ...sampleManifest(runId).counts, read: 2400, users: 300, base_clusters: 77 },
    ...changes,
  });
}

function runningRun(runId: string, owner: Owner): RunManifest {
  return sampleManifest(runId, {
    status: "running",
    attempt: 1,
    owner,
    created_at: minutesAgo(1),
    updated_at: minutesAgo(1),
    phase_states: {
      ingest: { status: "running", fingerprint: null, started_at: minutesAgo(1), finished_at: null },
    },
  });
}
/** An owner that lives: this process. */
const alive = (): Owner => currentOwner(systemClock);
/** An owner on this host whose process is gone. */
const gone = (): Owner => ({ ...alive(), id: "gone", pid: 2 ** 22 + 1, pid_started: "1" });

describe("list-runs", () => {
  test("says what to do when there is none", async () => {
    const { code, stderr } = await clio(["list-runs"], at());
    expect(code).toBe(0);
    expect(stderr).toContain("There are no runs in runs.");
    expect(stderr).toContain("clio run");
  });

  test("lists the newest first, with what they found", async () => {
    await putRun(folder.path, doneRun("older", 600));
    await putRun(folder.path, doneRun("newer", 5));
    await putRun(folder.path, runningRun("live-one", alive()));
    await putRun(folder.path, runningRun("dead-one", gone()));
    const { stderr } = await clio(["list-runs"], at());
    const rows = stderr.split("\n").slice(1, 5);
    expect(rows.map((row) => row.split(/ {2,}/).slice(0, 3))).toEqual([
      ["live-one", "running", "1 min ago"],
      ["dead-one", "abandoned", "1 min ago"],
      ["newer", "done", "5 min ago"],
      ["older", "done", "10 h ago"],
    ]);
    expect(rows[2]).toMatch(/2,400 +77 +1\/1 +12 s$/);
    expect(stderr).toContain("clio stop --run-id");
  });

  test("never shortens an id: with long ones a run takes two lines", async () => {
    await putRun(folder.path, doneRun("run-20261103-101010-ab12", 5, { status: "done_with_warnings" }));
    const { stderr } = await clio(["list-runs"], at());
    expect(stderr).toMatch(
      /^run-20261103-101010-ab12 {2}done, warnings {2}5 min ago \(.*\)\n {2}2,400 conversations, 77 clusters, 1\/1 phases, 12 s\n/,
    );
    for (const line of stderr.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect(
      (await clio(["list-runs"], at({ columns: 120, terminal: true, env: { NO_COLOR: "1" } }))).stderr,
    ).toMatch(/^Run +Status/);
  });

  test("shows so many, and how many more there are", async () => {
    for (let n = 0; n < 4; n++) await putRun(folder.path, doneRun(`run-${n}`, n));
    const { stderr } = await clio(["list-runs", "--limit", "3"], at());
    expect(stderr).not.toContain("run-3");
    expect(stderr).toContain("1 older run is not shown: --limit 4 shows all.");
    const answer = answerOf(await clio(["list-runs", "--limit", "3", "--json"], at()));
    expect(answer).toMatchObject({
      ok: true,
      total: 4,
      runs: [{ run_id: "run-0", phases: { done: 1, total: 1 }, seconds: 12 }, {}, {}],
    });
  });

  test("names a record that cannot be read", async () => {
    await putRun(folder.path, doneRun("fine", 5));
    await mkdir(join(folder.path, "runs/broken/.state"), { recursive: true });
    await writeFile(join(folder.path, "runs/broken/.state/manifest-00000001.json"), "{}");
    const { code, stderr } = await clio(["list-runs"], at());
    expect(code).toBe(0);
    expect(stderr).toContain("The record of broken cannot be read");
    expect(stderr).toContain("fine");
  });
});

/** A run with clusters, as its files have them. */
async function putFullRun(
  runId: string,
  changes: { privacy?: boolean; hierarchy?: boolean; below?: boolean } = {},
): Promise<void> {
  const { privacy = true, hierarchy = true, below = false } = changes;
  const cluster = (id: string, name: string | null, size: number, level: number, parent: string | null) => ({
    id,
    name,
    description: name === null ? null : `About ${name}`,
    size,
    unique_users: 9,
    parent_id: parent,
    level,
  });
  const parent = cluster("p00000000000a", "Cooking", 50, 1, null);
  const eggs = cluster("c00000000000a", "Boiling \u001b[31meggs\u202e", 30, 0, hierarchy ? parent.id : null);
  const soup = cluster("c00000000000b", "Secret soup", 20, 0, hierarchy ? parent.id : null);
  const files: Record<string, unknown> = {
    "clusters/base_clusters.json": {
      schema_version: "1.0.0",
      minimums: { min_users: 5, min_conversations: 15 },
      k_requested: 2,
      k_found: 2,
      merged: 0,
      clusters: [eggs, soup].map((base) => ({
        ...base,
        name: null,
        description: null,
        parent_id: null,
        mean_distance: 0.2,
        withheld: below,
      })),
    },
    "clusters/labeled_clusters.json": {
      schema_version: "1.0.0",
      clusters: [eggs, soup].map((base) => ({ ...base, parent_id: null })),
    },
  };
  if (hierarchy)
    files["clusters/hierarchy.json"] = {
      schema_version: "1.0.0",
      levels: 2,
      fallback_levels: [],
      clusters: [parent, eggs, soup],
    };
  if (privacy) {
    files["clusters/labeled_clusters_privacy_filtered.json"] = {
      schema_version: "1.0.0",
      clusters: [...(hierarchy ? [parent] : []), eggs, { ...soup, name: null, description: null }],
    };
    const rate = { count: 1, n: 50, rate: 0.02, low: 0.0005, high: 0.106 };
    files["privacy/privacy_audit.json"] = {
      schema_version: "1.0.0",
      minimums: { min_users: 5, min_conversations: 15 },
      pass_rating: 3,
      masking: true,
      layers: (["raw", "facet", "cluster"] as const).map((layer) => ({
        layer,
        population: 50,
        sampled: 50,
        leaks: rate,
        ratings: [1, 0, 0, 0, 49],
      })),
      calibration: null,
      withheld: { clusters: 0, conversations: 0, names: [{ cluster_id: soup.id, reasons: ["rare_word"] }] },
      relabeled: [],
    };
  }
  const phases = (["ingest", "cluster", "label", "hierarchy", "privacy"] as const).filter(
    (phase) => (phase !== "hierarchy" || hierarchy) && (phase !== "privacy" || privacy),
  );
  const state = {
    status: "done",
    fingerprint: null,
    started_at: minutesAgo(5),
    finished_at: minutesAgo(4),
  } as const;
  await putRun(
    folder.path,
    doneRun(runId, 5, {
      phases: [...phases],
      phase_states: Object.fromEntries(phases.map((phase) => [phase, state])),
    }),
    files,
  );
}

describe("inspect-run", () => {
  test("shows the newest run in full", async () => {
    await putRun(folder.path, doneRun("older", 600));
    await putFullRun("newest");
    await stores().runs.appendEvents("newest", [sampleEvent(3, "a\u001b[2Jb")]);
    const { code, stderr } = await clio(["inspect-run", "--events"], at());
    expect(code).toBe(0);
    expect(stderr.split("\n")[0]).toBe("newest");
    for (const words of [
      "chats.jsonl (1.2 kB)",
      "Audit and screen",
      "privacy/privacy_audit.json",
      "round_reduced",
      "text=ab",
    ])
      expect(stderr).toContain(words);
    expect(stderr).toContain(
      [
        "  50 100 %  Cooking",
        "  30  60 %  ├─ Boiling eggs",
        "  20  40 %  └─ (name withheld: rare word)",
      ].join("\n"),
    );
    expect(stderr).toMatch(/Names withheld +1 of 50: rare word 1/);
    expect(stderr).toMatch(/Leak rate, facets +2\.0 % \(1 of 50; 95 % interval 0\.1 % to 10\.6 %\)/);
    expect(holdsControls(stderr)).toBe(false);
    expect(stderr).not.toContain("Secret soup");
    // Files that a finished run would have, and this hand-made one has not.
    expect(stderr).toContain("validation_report.json is missing");
  });

  test("before the privacy phase the tree has all names", async () => {
    await putFullRun("named", { privacy: false });
    const { stderr } = await clio(["inspect-run", "--run-id", "named"], at());
    expect(stderr).toContain("└─ Secret soup");
    expect(stderr).not.toContain("Leak rate");
  });

  test("without a hierarchy the clusters are a list", async () => {
    await putFullRun("flat", { hierarchy: false, privacy: false });
    const { stderr } = await clio(["inspect-run", "--run-id", "flat"], at());
    expect(stderr).toContain("  30  60 %  Boiling eggs\n  20  40 %  Secret soup");
  });

  test("clusters below the minimums never show their names", async () => {
    for (const hierarchy of [true, false]) {
      const runId = `below-${hierarchy}`;
      await putFullRun(runId, { hierarchy, privacy: false, below: true });
      const { stdout, stderr } = await clio(
        ["inspect-run", "--run-id", runId, "--json"],
        at({ columns: 120 }),
      );
      expect(stderr).toContain("below the minimums of 5 users and 15 conversations");
      for (const name of ["Secret soup", "Boiling", "Cooking", "About"])
        expect(stderr + stdout).not.toContain(name);
    }
  });

  test("if what the audit let through is missing, no names are shown at all", async () => {
    await putFullRun("torn");
    await stores().objects.delete([`${runPrefix("torn")}clusters/labeled_clusters_privacy_filtered.json`]);
    const { stdout, stderr } = await clio(["inspect-run", "--json"], at());
    expect(stderr).toContain("labeled_clusters_privacy_filtered.json is missing");
    expect(stderr + stdout).not.toContain("soup");
  });

  test("answers with everything in JSON, names without control characters", async () => {
    await putFullRun("newest");
    const answer = answerOf(await clio(["inspect-run", "--json"], at()));
    expect(answer).toMatchObject({
      ok: true,
      run: { run_id: "newest", status: "done" },
      clusters: {
        source: "filtered_clusters",
        base_clusters: 2,
        conversations: 50,
        tree: [
          {
            name: "Cooking",
            size: 50,
            children: [
              { name: "Boiling eggs", withheld: [] },
              { name: null, withheld: ["rare_word"] },
            ],
          },
        ],
      },
    });
    expect(answer["artifacts"]).toContainEqual({
      path: "clusters/hierarchy.json",
      bytes: expect.any(Number) as number,
    });
  });

  test("shows as many levels as asked", async () => {
    await putFullRun("newest");
    const { stderr } = await clio(["inspect-run", "--depth", "1"], at());
    expect(stderr).toContain("… 2 below");
    expect(stderr).not.toContain("eggs");
  });

  test("shows why a run failed and how to go on", async () => {
    const failure = {
      phase: "facets",
      code: "batches_missing",
      message: "3 batches left no output",
      hint: "resume the run",
    } as const;
    await putRun(
      folder.path,
      doneRun("failed-one", 1, { status: "failed", failure, phases: ["ingest", "facets"] }),
    );
    const { stderr } = await clio(["inspect-run"], at());
    expect(stderr.replaceAll(/\s+/g, " ")).toContain(
      'Failed in "Extract facets" (batches_missing): 3 batches left no output. → Resume the run.',
    );
    expect(stderr).toContain("clio run --input chats.jsonl --run-id failed-one --resume");
  });
});

describe("prune-runs", () => {
  const names = async () => (await readdir(join(folder.path, "runs"))).sort();
  beforeEach(async () => {
    for (let n = 0; n < 3; n++)
      await putRun(folder.path, doneRun(`run-${n}`, 10 + n), {
        "private/user-hash.key": "x".repeat(998),
        "a/b/c.json": 1,
      });
  });

  test("only says what it would remove", async () => {
    const { code, stderr } = await clio(["prune-runs", "--keep-last", "1"], at());
    expect(code).toBe(0);
    expect(stderr).toContain("Would remove 2 runs");
    expect(stderr).toContain("--yes");
    expect(stderr).not.toContain("run-0");
    expect(await names()).toEqual(["run-0", "run-1", "run-2"]);
  });

  test("removes the oldest with --yes, completely", async () => {
    const answer = answerOf(await clio(["prune-runs", "--keep-last", "1", "--yes", "--json"], at()));
    expect(answer).toMatchObject({
      removed: true,
      runs: [{ run_id: "run-1" }, { run_id: "run-2" }],
      kept: 1,
    });
    expect(answer["bytes"]).toBeGreaterThan(2000);
    expect(await names()).toEqual(["run-0"]);
  });

  test("leaves runs that are running, takes those whose process is gone", async () => {
    await putRun(folder.path, runningRun("live-one", alive()));
    await putRun(folder.path, runningRun("dead-one", gone()));
    const planned = answerOf(await clio(["prune-runs", "--keep-last", "0", "--json"], at()));
    expect(planned).toMatchObject({ removed: false, running: ["live-one"], kept: 1 });
    const { stderr } = await clio(["prune-runs", "--keep-last", "0", "--yes"], at());
    expect(stderr).toContain("live-one is running and stays");
    expect(await names()).toEqual(["live-one"]);
  });

  test("has nothing to do when there are few", async () => {
    const { code, stderr } = await clio(["prune-runs", "--keep-last", "3", "--yes"], at());
    expect([code, await names()]).toEqual([0, ["run-0", "run-1", "run-2"]]);
    expect(stderr).toContain("Nothing to remove");
  });

  test("touches nothing that is no run", async () => {
    await writeFile(join(folder.path, "runs/notes.txt"), "mine");
    await mkdir(join(folder.path, "runs/my-folder"));
    await writeFile(join(folder.path, "runs/my-folder/file.txt"), "mine");
    await clio(["prune-runs", "--keep-last", "0", "--yes"], at());
    expect(await names()).toEqual(["my-folder", "notes.txt"]);
  });
});

describe("stop", () => {
  test("asks a run that is running, and waits until it has ended", async () => {
    await putRun(folder.path, runningRun("live-one", alive()));
    const { runs, clock } = stores();
    const watching = (async () => {
      for (;;) {
        const run = await runs.get("live-one");
        if (run?.stop_requested_at !== null) break;
      }
      await changeRun(runs, clock, "live-one", (run) => ({
        ...run,
        status: "stopped",
        owner: null,
        finished_at: minutesAgo(0),
        failure: { phase: "ingest", code: "stop_requested", message: "asked", hint: null },
      }));
    })();
    // The real clock: the wait has to last until the other side has seen the request.
    const result = await clio(["stop", "--run-id", "live-one", "--json"], at({ clock: systemClock }));
    await watching;
    expect(result.code).toBe(0);
    expect(answerOf(result)).toMatchObject({ ok: true, outcome: "stopped", run: { status: "stopped" } });
    expect(result.stderr).toContain("Run live-one stopped");
  });

  test("asks only with --no-wait", async () => {
    await putRun(folder.path, runningRun("live-one", alive()));
    const { code, stderr } = await clio(["stop", "--run-id", "live-one", "--no-wait"], at());
    expect(code).toBe(0);
    expect(stderr).toContain("was asked to stop");
    const run = await stores().runs.get("live-one");
    expect(run?.status).toBe("running");
    expect(run?.stop_requested_at).not.toBeNull();
  });

  test("gives up waiting, without taking the request back", async () => {
    await putRun(folder.path, runningRun("live-one", alive()));
    const result = await clio(["stop", "--run-id", "live-one", "--json"], at());
    expect(result.code).toBe(1);
    expect(answerOf(result)).toMatchObject({ ok: false, outcome: "still_running" });
    expect((await stores().runs.get("live-one"))?.stop_requested_at).not.toBeNull();
  });

  test("marks a run whose process is gone, so that nothing seems to run", async () => {
    await putRun(folder.path, runningRun("dead-one", gone()));
    await stores().runs.writeLock("dead-one", { owner: gone(), attempt: 1, lease_expires_at: minutesAgo(0) });
    const { code, stderr } = await clio(["stop", "--run-id", "dead-one"], at());
    expect(code).toBe(0);
    expect(stderr).toContain("is gone");
    expect(stderr).toContain("--resume");
    expect(await stores().runs.get("dead-one")).toMatchObject({
      status: "stopped",
      owner: null,
      failure: { code: "owner_gone", phase: "ingest" },
    });
    expect(await stores().runs.readLock("dead-one")).toBeNull();
  });

  test("has nothing to do for a run that has ended", async () => {
    await putRun(folder.path, doneRun("done-one", 5));
    const { code, stderr } = await clio(["stop", "--run-id", "done-one"], at());
    expect([code, stderr]).toEqual([0, "Run done-one is not running: done.\n"]);
  });

  test("cannot stop what is not there", async () => {
    expect((await clio(["stop", "--run-id", "no-such-run"], at())).code).toBe(1);
  });
});

test("a reused process number is not taken for the owner", async () => {
  await putRun(folder.path, runningRun("odd-one", { ...alive(), pid, pid_started: "1" }));
  const answer = answerOf(await clio(["list-runs", "--json"], at()));
  expect(answer["runs"]).toMatchObject([{ run_id: "odd-one", abandoned: true }]);
  expect(await collect(stores().objects.list(runPrefix("odd-one")))).not.toHaveLength(0);
});
