import { expect, test } from "vitest";
import { manualClock } from "../../shared/adapters/memory/manual-clock.ts";
import { memoryRunStore } from "../../shared/adapters/memory/run-store.ts";
import { defaultConfig } from "../../shared/config.ts";
import type { Owner } from "../../shared/contracts/run.ts";
import { newRun } from "../../shared/domain/new-run.ts";
import { LEASE_MS, acquireRun, releaseRun, renewLease } from "../../shared/engine/ownership.ts";
import { ErrorName } from "../../shared/errors.ts";

const START = Date.parse("2026-11-01T00:00:00Z");
const IDENTITY = { provider: "scripted", model: "m", version: "1" };

function owner(id: string, host: string): Owner {
  return { id, host, pid: 10, pid_started: null, started_at: new Date(START).toISOString() };
}

async function prepared() {
  const runs = memoryRunStore();
  const clock = manualClock(START);
  await runs.create(
    newRun({
      runId: "run-one",
      at: new Date(START).toISOString(),
      config: defaultConfig(),
      phases: ["ingest"],
      dataset: null,
      model: IDENTITY,
      embedder: IDENTITY,
      versions: { ant_clio: "0", node: "v24" },
    }),
  );
  const deps = (me: Owner, alive: boolean) => ({ runs, clock, me, isAlive: () => alive });
  return { runs, clock, deps };
}

test("of fifty contenders one owns the run, and the others are told who", async () => {
  const { deps, runs } = await prepared();
  const tries = await Promise.allSettled(
    Array.from({ length: 50 }, (_, i) => acquireRun(deps(owner(`owner-${i}`, "host-a"), true), "run-one")),
  );
  const won = tries.filter((outcome) => outcome.status === "fulfilled");
  expect(won).toHaveLength(1);
  const lost = tries.filter((outcome) => outcome.status === "rejected");
  for (const { reason } of lost)
    expect(reason).toMatchObject({
      name: ErrorName.conflict,
      code: "run_active",
      message: expect.stringContaining("process 10 on host-a"),
    });
  expect((await runs.get("run-one"))?.attempt).toBe(1);
});

test("on its own host a dead owner is replaced at once, a live one never, however old its lease", async () => {
  const { deps, clock } = await prepared();
  await acquireRun(deps(owner("first", "host-a"), true), "run-one");
  clock.advance(100 * LEASE_MS);
  await expect(acquireRun(deps(owner("second", "host-a"), true), "run-one")).rejects.toMatchObject({
    code: "run_active",
  });
  const taken = await acquireRun(deps(owner("second", "host-a"), false), "run-one");
  expect(taken).toMatchObject({ attempt: 2, owner: { id: "second" } });
});

test("on another host the lease decides, and a heartbeat extends it", async () => {
  const { deps, clock } = await prepared();
  const first = deps(owner("first", "host-a"), true);
  const run = await acquireRun(first, "run-one");
  clock.advance(LEASE_MS - 1);
  await renewLease(first, run);
  clock.advance(LEASE_MS - 1);
  const second = deps(owner("second", "host-b"), false);
  await expect(acquireRun(second, "run-one")).rejects.toMatchObject({ code: "run_active" });
  clock.advance(2);
  expect((await acquireRun(second, "run-one")).owner?.id).toBe("second");
});

test("an owner that dies between the record and its first lock is replaced after a lease", async () => {
  const { deps, clock, runs } = await prepared();
  const run = await acquireRun(deps(owner("first", "host-a"), true), "run-one");
  await runs.clearLock("run-one", "first");
  const second = deps(owner("second", "host-b"), false);
  await expect(acquireRun(second, "run-one")).rejects.toMatchObject({ code: "run_active" });
  clock.advance(LEASE_MS + 1);
  expect((await acquireRun(second, "run-one")).attempt).toBe(run.attempt + 1);
});

test("a released run has an end, no owner and no lock", async () => {
  const { deps, runs } = await prepared();
  const mine = deps(owner("first", "host-a"), true);
  await acquireRun(mine, "run-one");
  expect(await runs.readLock("run-one")).not.toBeNull();
  const released = await releaseRun(mine, "run-one", { status: "done", failure: null, warnings: 0 });
  expect(released).toMatchObject({ status: "done", owner: null, finished_at: new Date(START).toISOString() });
  expect(await runs.readLock("run-one")).toBeNull();
});

test("a run that another one has taken over is that one's to end", async () => {
  const { deps, runs } = await prepared();
  const first = deps(owner("first", "host-a"), true);
  await acquireRun(first, "run-one");
  await acquireRun(deps(owner("second", "host-a"), false), "run-one");
  await expect(
    releaseRun(first, "run-one", { status: "done", failure: null, warnings: 0 }),
  ).rejects.toMatchObject({ name: ErrorName.conflict, code: "superseded" });
  expect(await runs.get("run-one")).toMatchObject({ status: "running", owner: { id: "second" } });
});
