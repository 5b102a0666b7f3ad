import { setImmediate } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { silentLog } from "../../cli/log.ts";
import { runToEnd } from "../../cli/run-flow.ts";
import type { Progress } from "../../cli/runner.ts";
import type { RunOutcome } from "../../shared/engine/run-end.ts";
import { manualClock } from "../../shared/adapters/memory/manual-clock.ts";
import { memoryBudget } from "../../shared/adapters/memory/budget.ts";
import { memoryObjectStore } from "../../shared/adapters/memory/object-store.ts";
import { memoryRunStore } from "../../shared/adapters/memory/run-store.ts";
import { defaultConfig } from "../../shared/config.ts";
import { isCompared } from "../../shared/contracts/volatile.ts";
import { HEARTBEAT_MS, LEASE_MS } from "../../shared/engine/ownership.ts";
import { errorDetail } from "../../shared/errors.ts";
import { phasesOf } from "../../shared/pipeline.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { Model } from "../../shared/ports/model.ts";
import type { ObjectStore } from "../../shared/ports/object-store.ts";
import type { RunStore } from "../../shared/ports/run-store.ts";
import { faultyObjectStore } from "../helpers/faulty-object-store.ts";
import type { Fault } from "../helpers/faulty-object-store.ts";
import { faultyRunStore } from "../helpers/faulty-run-store.ts";
import { bytesInput } from "../../shared/adapters/memory/bytes-input.ts";
import { chatsAbout, jsonlOf } from "../helpers/memory-run.ts";
import { hashingEmbedder, scriptedModel } from "../helpers/scripted-provider.ts";
import { storedObjects } from "../helpers/stored-objects.ts";

const RUN_ID = "test-run";
const INPUT = jsonlOf(chatsAbout(["bake bread", "fix python test", "track parcel"], 24, 12));

interface Stored {
  readonly objects: ObjectStore;
  readonly runs: RunStore;
}

/** One write of the whole command: an object, the record, the lock or events. */
type Asked = string;

/** Time stands still but for retries; the heartbeat never beats. */
function clockWithoutHeartbeat(): Clock {
  const clock = manualClock(Date.parse("2026-11-01T00:00:00Z"));
  return {
    now: clock.now,
    elapsed: clock.elapsed,
    sleep: (ms, signal) => (ms === HEARTBEAT_MS ? aborted(signal) : clock.sleep(ms, signal)),
  };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });
}

/** A model that takes its time: the heartbeats of a minute pass while it is asked. */
function slowModel(): Model {
  const model = scriptedModel();
  return {
    identity: model.identity,
    async ask(task, input, call) {
      for (let beat = 0; beat < 60_000 / HEARTBEAT_MS; beat++) await setImmediate();
      return model.ask(task, input, call);
    },
  };
}

interface AttemptOptions {
  readonly resume?: boolean;
  readonly faultOf?: (asked: Asked) => Fault | undefined;
  readonly clock?: Clock;
  readonly model?: Model;
}

const UNSEEN: Progress = {
  phaseStarted: () => {},
  roundPlanned: () => {},
  batchFinished: () => {},
  phaseFinished: () => {},
};

/** A run, first or resumed, as the command makes it; `faultOf` is asked at every write. */
async function attempt(
  stored: Stored,
  {
    resume = false,
    faultOf = () => undefined,
    clock = clockWithoutHeartbeat(),
    model = scriptedModel(),
  }: AttemptOptions = {},
): Promise<RunOutcome> {
  return runToEnd(
    {
      input: bytesInput(INPUT),
      config: { ...defaultConfig(), min_users: 2, min_conversations: 3 },
      phases: phasesOf(["facets"]),
      runId: RUN_ID,
      resume,
    },
    {
      stores: {
        objects: faultyObjectStore(stored.objects, ({ verb, key }) => faultOf(`${verb} ${key}`)),
        runs: faultyRunStore(stored.runs, ({ verb, what }) => faultOf(`${verb} ${what}`)),
        budget: memoryBudget(),
        clock,
      },
      provider: { model, embedder: hashingEmbedder() },
      openProvider: async () => ({ model, embedder: hashingEmbedder() }),
      progress: { ...UNSEEN, child: () => UNSEEN },
      log: silentLog,
      interrupt: new AbortController().signal,
      onStart: () => {},
    },
  );
}

const fresh = (): Stored => ({ objects: memoryObjectStore(), runs: memoryRunStore() });

interface Kind {
  readonly name: string;
  readonly fault: Fault;
  readonly lasts: boolean;
  readonly code: string;
}
const KINDS: readonly Kind[] = [
  { name: "EIO once", fault: { errno: "EIO" }, lasts: false, code: "io_error" },
  {
    name: "EIO once, though the write took effect",
    fault: { errno: "EIO", applied: true },
    lasts: false,
    code: "io_error",
  },
  { name: "ENOSPC once", fault: { errno: "ENOSPC" }, lasts: false, code: "no_space" },
  { name: "ENOSPC for good", fault: { errno: "ENOSPC" }, lasts: true, code: "no_space" },
  { name: "EIO for good", fault: { errno: "EIO" }, lasts: true, code: "io_error" },
];

let writes: readonly Asked[];
/** Writes from this one on come after the run has an owner. */
let owned: number;
let reference: ReadonlyMap<string, string>;

beforeAll(async () => {
  const stored = fresh();
  const asked: Asked[] = [];
  const { run } = await attempt(stored, {
    faultOf: (write) => {
      asked.push(write);
      return undefined;
    },
  });
  expect(run.status).toBe("done");
  writes = asked;
  owned = asked.findIndex((write) => write.startsWith("writeLock")) + 1;
  reference = await artifactsOf(stored);
});

async function faulted(stored: Stored, { fault, lasts }: Kind, at: number): Promise<RunOutcome | Error> {
  let index = 0;
  const faultOf = (): Fault | undefined => {
    const now = index++;
    return now === at || (lasts && now > at) ? fault : undefined;
  };
  try {
    return await attempt(stored, { faultOf });
  } catch (error) {
    return error as Error;
  }
}

/** What does not hang on the run's own random key. */
async function artifactsOf({ objects }: Stored): Promise<Map<string, string>> {
  return new Map([...(await storedObjects(objects, RUN_ID))].filter(([path]) => isCompared(path)));
}

async function expectWhole(stored: Stored, at: string): Promise<void> {
  for (const [path, text] of await artifactsOf(stored))
    expect(text === reference.get(path), `${at}: ${path} is whole`).toBe(true);
}

describe("a fault at any write of the command, records and locks among them", () => {
  test.each(KINDS.map((kind) => [kind.name, kind] as const))("%s", async (_name, kind) => {
    for (const [index, write] of writes.entries()) {
      const at = `write ${index}, ${write}`;
      const stored = fresh();
      const outcome = await faulted(stored, kind, index);
      await expectWhole(stored, at);
      const record = await stored.runs.get(RUN_ID);

      if (outcome instanceof Error) {
        expect(errorDetail(outcome).code, at).toBe(kind.code);
        // Before it has an owner a run leaves nothing, unless that cannot be removed, or may be another's.
        if (index < owned && !kind.lasts && !write.startsWith("create")) expect(record, at).toBeNull();
        // Afterwards only a record that cannot be written any more stays as it was.
        if (index >= owned) expect([kind.lasts, record?.status], at).toEqual([true, "running"]);
      } else {
        expect(outcome.run, at).toEqual(record);
        expect(record, at).toMatchObject({ owner: null, finished_at: expect.any(String) as string });
        expect(record?.status, at).toMatch(/^(done|failed)$/);
        if (record?.status === "failed") expect(record.failure, at).toMatchObject({ code: kind.code });
        if (kind.fault.errno === "EIO" && !kind.lasts) expect(record?.status, at).toBe("done");
        if (!kind.lasts) expect(await stored.runs.readLock(RUN_ID), at).toBeNull();
      }

      // Nobody runs what is still called running; the next attempt takes it up.
      const left = await stored.runs.get(RUN_ID);
      if (left?.status === "running") await disown(stored);
      const { run } = await attempt(stored, { resume: left !== null });
      expect(run.status, at).toBe("done");
      expect([...(await artifactsOf(stored)).keys()], at).toEqual([...reference.keys()]);
      await expectWhole(stored, at);
    }
  });
});

describe("heartbeats that cannot be written", () => {
  /** A run in which the lock cannot be written at these beats, the one at its start being number 0. */
  async function withLostBeats(isLost: (beat: number) => boolean) {
    const stored = fresh();
    let beats = 0;
    const outcome = await attempt(stored, {
      clock: manualClock(Date.parse("2026-11-01T00:00:00Z")),
      model: slowModel(),
      faultOf: (write) => (write.startsWith("writeLock") && isLost(beats++) ? { errno: "EIO" } : undefined),
    });
    return { run: outcome.run, beats };
  }
  const lease = LEASE_MS / HEARTBEAT_MS;

  test("are made up for while the lease holds", async () => {
    const { run, beats } = await withLostBeats((beat) => beat > 0 && beat < lease);
    expect(run.status).toBe("done");
    expect(beats).toBeGreaterThan(lease + 1);
  });

  test("end the run when it has run out, for another host may then take the run", async () => {
    const { run } = await withLostBeats((beat) => beat > 0);
    expect(run).toMatchObject({ status: "failed", owner: null, failure: { code: "io_error" } });
  });
});

/** As if the owner's process had ended. */
async function disown({ runs }: Stored): Promise<void> {
  const run = await runs.get(RUN_ID);
  if (run === null || run.owner === null) return;
  await runs.swap({ ...run, revision: run.revision + 1, owner: { ...run.owner, pid: 2 ** 30 } });
}
