import { setImmediate } from "node:timers/promises";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runPhases } from "../../cli/runner.ts";
import type { RunEnd } from "../../cli/runner.ts";
import { memoryBudget } from "../../shared/adapters/memory/budget.ts";
import { manualClock } from "../../shared/adapters/memory/manual-clock.ts";
import { memoryObjectStore } from "../../shared/adapters/memory/object-store.ts";
import { memoryRunStore } from "../../shared/adapters/memory/run-store.ts";
import type { PhaseName } from "../../shared/contracts/run.ts";
import type { Session } from "../../shared/engine/session.ts";
import { PermanentError, StoppedError } from "../../shared/errors.ts";
import { inTableOrder, phaseRow, phasesOf, pipeline, startsAfter } from "../../shared/pipeline.ts";
import type { ObjectStore } from "../../shared/ports/object-store.ts";
import { chatsAbout, jsonlOf, memoryRun } from "../helpers/memory-run.ts";

const ALL = pipeline.map(({ name }) => name);
const MODEL_STAGES = phasesOf(["hierarchy", "privacy"]);

interface Walk {
  /** "label begins", "label.batch 0", "label.batch 0 ended", ..., "label ends". */
  readonly heard: string[];
  readonly end: Promise<RunEnd>;
}

/** Walks phases of one round whose steps take as long as `step` says. */
function walk(
  phases: readonly PhaseName[],
  step: (name: string) => Promise<void>,
  { batches = 1, signal = new AbortController().signal } = {},
): Walk {
  const heard: string[] = [];
  const done = async <T>(name: string, value: T): Promise<T> => {
    heard.push(name);
    await step(name);
    heard.push(`${name} ended`);
    return value;
  };
  const session: Session = {
    plan: async (phase) => done(`${phase}.plan`, { batches, concurrency: 2 }),
    batch: async (phase, _round, batch) => done(`${phase}.batch ${batch}`, "computed" as const),
    reduce: async (phase) => done(`${phase}.reduce`, { next: "done" as const, reused: false }),
  };
  const progress = {
    phaseStarted: (phase: PhaseName) => void heard.push(`${phase} begins`),
    roundPlanned: () => {},
    batchFinished: () => {},
    phaseFinished: (phase: PhaseName) => void heard.push(`${phase} ends`),
  };
  return { heard, end: runPhases(phases, { session, clock: manualClock(0), signal, progress, cores: 2 }) };
}

/** A promise and what resolves it. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}

describe("the order of phases", () => {
  test("none starts before those it waits for have ended, whatever takes how long, and each step is taken once", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.subarray(ALL), fc.nat(3), async (scheduler, phases, batches) => {
        const steps = walk(phases, (name) => scheduler.schedule(Promise.resolve(), name), { batches });
        await scheduler.waitFor(steps.end);
        expect(await steps.end).toEqual({ ok: true });
        const rows = inTableOrder(phases).map(phaseRow);
        for (const row of rows) {
          const begun = steps.heard.indexOf(`${row.name} begins`);
          expect(begun).toBeGreaterThanOrEqual(0);
          for (const before of startsAfter(row, rows))
            expect(steps.heard.indexOf(`${before} ends`)).toBeLessThan(begun);
        }
        const taken = steps.heard.filter((name) => /\.(plan|batch \d+|reduce)$/.test(name));
        expect(taken).toHaveLength(phases.length * (batches + 2));
        expect(new Set(taken).size).toBe(taken.length);
      }),
      { numRuns: 200 },
    );
  });

  test("the map is laid out beside the names, the hierarchy and the audits", async () => {
    const audited = gate();
    const { heard, end } = walk(MODEL_STAGES, async (name) => {
      if (name === "map.batch 0") await audited.opened;
      if (name === "privacy.reduce") audited.open();
    });
    expect(await end).toEqual({ ok: true });
    expect(heard.indexOf("privacy ends")).toBeLessThan(heard.indexOf("map ends"));
    expect(heard.indexOf("map ends")).toBeLessThan(heard.indexOf("publish begins"));
  });

  test("phases that call the provider wait for one another: a limit of calls in flight is one phase's at a time", () => {
    const calling = pipeline.filter(({ asks, needs }) => asks.length > 0 || needs.includes("runs"));
    const before = (name: PhaseName): Set<PhaseName> => {
      const direct = startsAfter(phaseRow(name), pipeline);
      return new Set([...direct, ...direct.flatMap((each) => [...before(each)])]);
    };
    for (const [i, { name }] of calling.entries())
      for (const earlier of calling.slice(0, i)) expect(before(name)).toContain(earlier.name);
  });

  test("an evaluation waits for all the others: its runs want their calls", () => {
    const rows = inTableOrder([...MODEL_STAGES, "evaluate"]).map(phaseRow);
    expect(startsAfter(phaseRow("evaluate"), rows)).toEqual(MODEL_STAGES);
  });
});

describe("the end of several phases under way", () => {
  test("one that fails lets the others end what they have begun, and begin nothing more", async () => {
    const labelling = gate();
    const failed = gate();
    const { heard, end } = walk(
      MODEL_STAGES,
      async (name) => {
        if (name.startsWith("label.batch")) {
          labelling.open();
          await failed.opened;
        }
        if (name === "map.reduce") {
          await labelling.opened;
          failed.open();
          throw new PermanentError("no room for the map", { code: "no_room" });
        }
      },
      { batches: 5 },
    );
    expect(await end).toMatchObject({ ok: false, failure: { phase: "map", code: "no_room" } });
    const begun = heard.filter((name) => /^label\.batch \d$/.test(name));
    // Two with a call in flight, and one that gets ready meanwhile.
    expect(begun).toEqual(["label.batch 0", "label.batch 1", "label.batch 2"]);
    for (const name of begun) expect(heard).toContain(`${name} ended`);
    expect(heard).not.toContain("label.reduce");
    expect(heard).not.toContain("annotate begins");
    expect(heard).not.toContain("hierarchy begins");
  });

  test("of two that fail the first is told", async () => {
    const first = gate();
    const { end } = walk(MODEL_STAGES, async (name) => {
      if (name === "label.reduce") {
        first.open();
        throw new PermanentError("no names", { code: "no_names" });
      }
      if (name === "map.reduce") {
        await first.opened;
        // Until what the other threw has come through.
        await setImmediate();
        throw new PermanentError("no room for the map", { code: "no_room" });
      }
    });
    expect(await end).toMatchObject({ ok: false, failure: { phase: "label", code: "no_names" } });
  });

  test("an interruption ends both where they are, with its reason", async () => {
    const stop = new AbortController();
    const reason = new StoppedError("interrupted", { code: "interrupted" });
    const labelling = gate();
    const { heard, end } = walk(
      MODEL_STAGES,
      async (name) => {
        if (name === "label.batch 0") labelling.open();
        if (name !== "map.batch 0") return;
        await labelling.opened;
        stop.abort(reason);
      },
      { signal: stop.signal },
    );
    await expect(end).rejects.toBe(reason);
    const last = heard.slice(heard.indexOf("map.batch 0 ended") + 1);
    expect(last.filter((name) => !name.endsWith(" ended"))).toEqual([]);
  });

  test("what finds out that the run was taken over ends the other phases too", async () => {
    const { heard, end } = walk(MODEL_STAGES, async (name) => {
      if (name === "label.plan") throw new StoppedError("taken over", { code: "superseded" });
    });
    await expect(end).rejects.toMatchObject({ code: "superseded" });
    expect(heard).not.toContain("annotate begins");
  });
});

describe("runs with two phases under way", () => {
  const INPUT = jsonlOf(chatsAbout(["bake bread", "fix python test", "track parcel"], 120, 40));

  /** Every object but records of the run, by key. */
  async function stored(objects: ObjectStore): Promise<Record<string, string>> {
    const files: Record<string, string> = {};
    for await (const { key } of objects.list("runs/"))
      // When, and in which attempt, is volatile.
      if (!/\/parts\/|latest\.json$/.test(key))
        files[key] = Buffer.from((await objects.get(key))!).toString("base64");
    return files;
  }

  test("stopped at any write and resumed, it leaves what an undisturbed run leaves, each part written once", async () => {
    const whole = await memoryRun(INPUT);
    const expected = await stored(whole.objects);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("viz", "labels", "hierarchy", "privacy"),
        fc.nat(6),
        async (folder, nth) => {
          const within = { objects: memoryObjectStore(), runs: memoryRunStore(), budget: memoryBudget() };
          const stop = new AbortController();
          const created: string[] = [];
          let seen = 0;
          const wrapObjects = (objects: ObjectStore): ObjectStore => ({
            ...objects,
            async putIfAbsent(key, body) {
              const outcome = await objects.putIfAbsent(key, body);
              if (outcome === "created") created.push(key);
              if (key.includes(`/${folder}/parts/`) && seen++ === nth)
                stop.abort(new StoppedError("interrupted", { code: "interrupted" }));
              return outcome;
            },
          });
          const first = memoryRun(INPUT, { within, wrapObjects, signal: stop.signal });
          if (
            await first.then(
              () => false,
              () => true,
            )
          )
            await memoryRun(INPUT, { earlier: within, wrapObjects });
          expect(await stored(within.objects)).toEqual(expected);
          expect(new Set(created).size).toBe(created.length);
          const run = (await within.runs.get("test-run"))!;
          for (const name of run.phases) expect(["done", "reused"]).toContain(run.phase_states[name]?.status);
          const events = await within.runs.readEvents("test-run", { after: 0, limit: 10_000 });
          for (const name of run.phases) {
            const told = events.filter((event) => event.phase === name).map(({ event }) => event);
            expect(told.filter((event) => event === "phase_finished")).toHaveLength(1);
            expect(told.indexOf("phase_started")).toBeLessThan(told.indexOf("phase_finished"));
          }
        },
      ),
      { numRuns: 12 },
    );
  });
});
