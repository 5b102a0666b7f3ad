import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { RunManifest } from "../../shared/contracts/run.ts";
import { ErrorName } from "../../shared/errors.ts";
import type { RunStore } from "../../shared/ports/run-store.ts";
import { sampleEvent, sampleLock, sampleManifest } from "./sample-run.ts";

export interface RunStoreUnderTest {
  /** Empty. */
  readonly store: RunStore;
  /** Removes what the test left. */
  close(): Promise<void>;
}

const CONFLICT = { name: ErrorName.conflict };
const BAD_IDS = ["", "a", "../up", "A-B-C", "a/b", "-abc", "abc-", "a".repeat(65), "abc\n"];

const next = (manifest: RunManifest, changes: Partial<RunManifest> = {}): RunManifest => ({
  ...manifest,
  revision: manifest.revision + 1,
  ...changes,
});

/** What every run store must do (shared/ports/run-store.ts). */
export function describeRunStore(name: string, make: () => Promise<RunStoreUnderTest>): void {
  describe(`${name} as a run store`, () => {
    let subject: RunStoreUnderTest;
    let store: RunStore;

    beforeEach(async () => {
      subject = await make();
      store = subject.store;
    });
    afterEach(() => subject.close());

    const outcomes = async (
      attempts: readonly Promise<unknown>[],
    ): Promise<{ won: number[]; errors: unknown[] }> => {
      const settled = await Promise.allSettled(attempts);
      return {
        won: settled.flatMap(({ status }, index) => (status === "fulfilled" ? [index] : [])),
        errors: settled.flatMap((each) => (each.status === "rejected" ? [each.reason as unknown] : [])),
      };
    };

    describe("creating", () => {
      test("stores the manifest as given", async () => {
        const manifest = sampleManifest("run-one", { config: { nested: { list: [1, "zwei", null] } } });
        await store.create(manifest);
        expect(await store.get("run-one")).toEqual(manifest);
        expect(await store.get("run-two")).toBeNull();
      });

      test("refuses an id that is taken, also after changes", async () => {
        const manifest = sampleManifest("run-one");
        await store.create(manifest);
        await expect(store.create(sampleManifest("run-one", { warnings: 9 }))).rejects.toMatchObject(
          CONFLICT,
        );
        await store.swap(next(manifest, { warnings: 1 }));
        await expect(store.create(sampleManifest("run-one", { warnings: 9 }))).rejects.toMatchObject(
          CONFLICT,
        );
        expect(await store.get("run-one")).toMatchObject({ revision: 2, warnings: 1 });
      });

      test("begins at revision 1", async () => {
        await expect(store.create(sampleManifest("run-one", { revision: 2 }))).rejects.toThrow(RangeError);
        expect(await store.get("run-one")).toBeNull();
      });

      test("of 50 concurrent creators one wins", async () => {
        const manifests = Array.from({ length: 50 }, (_, index) =>
          sampleManifest("run-one", { warnings: index }),
        );
        const { won, errors } = await outcomes(manifests.map((manifest) => store.create(manifest)));
        expect(won).toHaveLength(1);
        for (const error of errors) expect(error).toMatchObject(CONFLICT);
        expect(await store.get("run-one")).toEqual(manifests[won[0] ?? -1]);
      });

      test("refuses a manifest that could not be read again", async () => {
        const broken = sampleManifest("run-one", { status: "done" });
        await expect(store.create(broken)).rejects.toMatchObject({
          name: ErrorName.permanent,
          code: "invalid_record",
        });
        expect(await store.get("run-one")).toBeNull();
      });

      test("leaves the caller's object alone", async () => {
        const manifest = sampleManifest("run-one", { config: { k: 1 } });
        await store.create(manifest);
        manifest.config["k"] = 2;
        const read = await store.get("run-one");
        expect(read?.config).toEqual({ k: 1 });
        if (read !== null) read.config["k"] = 3;
        expect((await store.get("run-one"))?.config).toEqual({ k: 1 });
      });
    });

    test.each(BAD_IDS)("%j is no run id for any verb", async (runId) => {
      await expect(store.get(runId)).rejects.toThrow(RangeError);
      await expect(store.delete(runId)).rejects.toThrow(RangeError);
      await expect(store.readLock(runId)).rejects.toThrow(RangeError);
      await expect(store.clearLock(runId, "me")).rejects.toThrow(RangeError);
      await expect(store.writeLock(runId, sampleLock("me"))).rejects.toThrow(RangeError);
      await expect(store.appendEvents(runId, [sampleEvent(1)])).rejects.toThrow(RangeError);
      await expect(store.readEvents(runId, { after: 0, limit: 1 })).rejects.toThrow(RangeError);
      await expect(store.create(sampleManifest(runId))).rejects.toThrow();
      await expect(store.swap(sampleManifest(runId, { revision: 2 }))).rejects.toThrow();
    });

    describe("swapping", () => {
      test("replaces the manifest revision by revision", async () => {
        let manifest = sampleManifest("run-one");
        await store.create(manifest);
        for (let turn = 0; turn < 12; turn++) {
          manifest = next(manifest, { warnings: turn });
          await store.swap(manifest);
          expect(await store.get("run-one")).toEqual(manifest);
        }
      });

      test.each([
        ["the stored revision", 3],
        ["an older revision", 2],
        ["the first revision", 1],
        ["a revision too high", 5],
        ["a revision far too high", 900],
      ])("to %s is a conflict", async (_, revision) => {
        const first = sampleManifest("run-one");
        await store.create(first);
        await store.swap(next(first));
        await store.swap(next(next(first), { warnings: 3 }));
        await expect(store.swap({ ...first, revision, warnings: 99 })).rejects.toMatchObject(CONFLICT);
        expect(await store.get("run-one")).toMatchObject({ revision: 3, warnings: 3 });
      });

      test.each([1, 2, 7])("revision %i of a run that does not exist is a conflict", async (revision) => {
        await expect(store.swap(sampleManifest("run-one", { revision }))).rejects.toMatchObject(CONFLICT);
        expect(await store.get("run-one")).toBeNull();
        expect((await store.list({ limit: 10 })).runs).toEqual([]);
      });

      test("of 50 concurrent swaps of one revision one wins, every time", async () => {
        let stored = sampleManifest("run-one");
        await store.create(stored);
        for (let round = 0; round < 4; round++) {
          const wanted = Array.from({ length: 50 }, (_, index) =>
            next(stored, { warnings: round * 100 + index }),
          );
          const { won, errors } = await outcomes(wanted.map((manifest) => store.swap(manifest)));
          expect(won).toHaveLength(1);
          for (const error of errors) expect(error).toMatchObject(CONFLICT);
          stored = (await store.get("run-one")) ?? stored;
          expect(stored).toEqual(wanted[won[0] ?? -1]);
        }
      });

      test("lets concurrent counters that try again lose nothing", async () => {
        await store.create(sampleManifest("run-one"));
        const increment = async (): Promise<void> => {
          for (;;) {
            const read = await store.get("run-one");
            if (read === null) throw new Error("the run is gone");
            try {
              await store.swap(next(read, { warnings: read.warnings + 1 }));
              return;
            } catch (error) {
              if (!(error instanceof Error && error.name === ErrorName.conflict)) throw error;
            }
          }
        };
        await Promise.all(Array.from({ length: 8 }, () => increment()));
        expect(await store.get("run-one")).toMatchObject({ warnings: 8, revision: 9 });
      });

      test("refuses a manifest that could not be read again", async () => {
        const manifest = sampleManifest("run-one");
        await store.create(manifest);
        await expect(store.swap(next(manifest, { status: "running" }))).rejects.toMatchObject({
          code: "invalid_record",
        });
        expect(await store.get("run-one")).toEqual(manifest);
      });
    });

    describe("listing", () => {
      const at = (hour: number): string => `2026-11-01T${String(hour).padStart(2, "0")}:00:00.000Z`;

      test("is newest first by instant of creation, then by id, latest first", async () => {
        await store.create(sampleManifest("run-b", { created_at: at(10) }));
        await store.create(sampleManifest("run-a", { created_at: at(12) }));
        await store.create(sampleManifest("run-c", { created_at: at(10) }));
        // 13:30 at +02:00 is 11:30 UTC.
        await store.create(sampleManifest("run-z", { created_at: "2026-11-01T13:30:00+02:00" }));
        const page = await store.list({ limit: 10 });
        expect(page.runs.map((run) => run.run_id)).toEqual(["run-a", "run-z", "run-c", "run-b"]);
        expect(page.cursor).toBeNull();
        expect(page.runs[0]).toEqual(sampleManifest("run-a", { created_at: at(12) }));
      });

      test("shows each run at its latest revision", async () => {
        const manifest = sampleManifest("run-one");
        await store.create(manifest);
        await store.swap(next(manifest, { warnings: 5 }));
        expect((await store.list({ limit: 10 })).runs).toEqual([next(manifest, { warnings: 5 })]);
      });

      test("of no runs is one empty page", async () => {
        expect(await store.list({ limit: 5 })).toEqual({ runs: [], cursor: null });
      });

      test.each([1, 2, 3, 7, 8, 50])("in pages of %i gives every run once, in order", async (limit) => {
        const ids = Array.from({ length: 7 }, (_, index) => `run-${index}`);
        // Pairs share their instant.
        for (const [index, id] of ids.entries()) {
          await store.create(sampleManifest(id, { created_at: at(index >> 1) }));
        }
        const seen: string[] = [];
        let pages = 0;
        let cursor: string | null = null;
        do {
          const page = await store.list({ limit, cursor });
          expect(page.runs.length).toBeLessThanOrEqual(limit);
          seen.push(...page.runs.map((run) => run.run_id));
          cursor = page.cursor;
          pages++;
        } while (cursor !== null && pages < 20);
        expect(seen).toEqual([...ids].reverse());
        expect(cursor).toBeNull();
      });

      test("keeps its place while runs come and go", async () => {
        for (const hour of [1, 2, 3, 4, 5, 6]) {
          await store.create(sampleManifest(`run-${hour}`, { created_at: at(hour) }));
        }
        const first = await store.list({ limit: 2 });
        expect(first.runs.map((run) => run.run_id)).toEqual(["run-6", "run-5"]);
        await store.create(sampleManifest("run-9", { created_at: at(9) }));
        await store.delete("run-5");
        await store.delete("run-3");
        const rest = await store.list({ limit: 10, cursor: first.cursor });
        expect(rest.runs.map((run) => run.run_id)).toEqual(["run-4", "run-2", "run-1"]);
      });

      test("refuses pages of nothing and cursors of its own making", async () => {
        await expect(store.list({ limit: 0 })).rejects.toThrow(RangeError);
        await expect(store.list({ limit: 1, cursor: "no such cursor" })).rejects.toMatchObject({
          name: ErrorName.usage,
          code: "bad_cursor",
        });
      });
    });

    describe("the lock", () => {
      beforeEach(() => store.create(sampleManifest("run-one")));

      test("is absent, written, replaced and cleared", async () => {
        expect(await store.readLock("run-one")).toBeNull();
        await store.writeLock("run-one", sampleLock("me"));
        expect(await store.readLock("run-one")).toEqual(sampleLock("me"));
        await store.writeLock("run-one", sampleLock("you", 2));
        expect(await store.readLock("run-one")).toEqual(sampleLock("you", 2));
        await store.clearLock("run-one", "you");
        expect(await store.readLock("run-one")).toBeNull();
        expect(await store.readLock("run-two")).toBeNull();
      });

      test("is cleared by its owner alone", async () => {
        await store.writeLock("run-one", sampleLock("me"));
        for (const other of ["you", "", "m", "me2"]) await store.clearLock("run-one", other);
        expect(await store.readLock("run-one")).toEqual(sampleLock("me"));
        await expect(store.clearLock("run-two", "me")).resolves.toBeUndefined();
      });

      test("of a new owner survives the old one's late clearing", async () => {
        for (let round = 0; round < 20; round++) {
          await store.writeLock("run-one", sampleLock("old"));
          await Promise.all([
            store.writeLock("run-one", sampleLock("new", round + 1)),
            store.clearLock("run-one", "old"),
            store.clearLock("run-one", "old"),
          ]);
          expect(await store.readLock("run-one")).toEqual(sampleLock("new", round + 1));
          await store.clearLock("run-one", "new");
        }
      });

      test("is no part of the manifest", async () => {
        await store.writeLock("run-one", sampleLock("me"));
        expect(await store.get("run-one")).toEqual(sampleManifest("run-one"));
      });
    });

    describe("events", () => {
      beforeEach(() => store.create(sampleManifest("run-one")));
      const rounds = async (after: number, limit: number, runId = "run-one"): Promise<(number | null)[]> =>
        (await store.readEvents(runId, { after, limit })).map((event) => event.round);

      test("come back in order, from any place, up to the limit", async () => {
        expect(await rounds(0, 10)).toEqual([]);
        await store.appendEvents("run-one", []);
        await store.appendEvents("run-one", [sampleEvent(1), sampleEvent(2)]);
        await store.appendEvents("run-one", [sampleEvent(3, "grüße\n🦉")]);
        expect(await store.readEvents("run-one", { after: 2, limit: 10 })).toEqual([
          sampleEvent(3, "grüße\n🦉"),
        ]);
        expect(await rounds(0, 10)).toEqual([1, 2, 3]);
        expect(await rounds(0, 2)).toEqual([1, 2]);
        expect(await rounds(1, 1)).toEqual([2]);
        expect(await rounds(3, 10)).toEqual([]);
        expect(await rounds(30, 10)).toEqual([]);
        expect(await rounds(0, 10, "run-two")).toEqual([]);
      });

      test("of concurrent writers all arrive, each writer's in its order", async () => {
        const writers = Array.from({ length: 20 }, (_, writer) => async () => {
          for (let turn = 0; turn < 5; turn++) {
            const number = writer * 100 + turn * 2;
            await store.appendEvents("run-one", [
              sampleEvent(number, "x".repeat(3000)),
              sampleEvent(number + 1, "y".repeat(3000)),
            ]);
          }
        });
        await Promise.all(writers.map((write) => write()));
        const seen = await rounds(0, 1000);
        expect(seen).toHaveLength(200);
        for (let writer = 0; writer < 20; writer++) {
          const own = seen.filter((round) => round !== null && Math.floor(round / 100) === writer);
          expect(own).toEqual(Array.from({ length: 10 }, (_, index) => writer * 100 + index));
        }
      });

      test("that could not be read again are refused", async () => {
        const broken = { ...sampleEvent(1), at: "yesterday" };
        await expect(store.appendEvents("run-one", [sampleEvent(0), broken])).rejects.toMatchObject({
          code: "invalid_record",
        });
        expect(await rounds(0, 10)).toEqual([]);
      });
    });

    describe("deleting", () => {
      const fill = async (runId: string): Promise<void> => {
        const manifest = sampleManifest(runId);
        await store.create(manifest);
        await store.swap(next(manifest));
        await store.writeLock(runId, sampleLock("me"));
        await store.appendEvents(runId, [sampleEvent(1)]);
      };

      test("removes all of the run and nothing of those whose ids begin alike", async () => {
        for (const runId of ["abc", "abc-b", "abcd", "ab0"]) await fill(runId);
        await store.delete("abc");
        expect(await store.get("abc")).toBeNull();
        expect(await store.readLock("abc")).toBeNull();
        expect(await store.readEvents("abc", { after: 0, limit: 10 })).toEqual([]);
        expect((await store.list({ limit: 10 })).runs.map((run) => run.run_id)).toEqual([
          "abcd",
          "abc-b",
          "ab0",
        ]);
        for (const runId of ["abc-b", "abcd", "ab0"]) {
          expect(await store.get(runId)).toMatchObject({ revision: 2 });
          expect(await store.readLock(runId)).toEqual(sampleLock("me"));
          expect(await store.readEvents(runId, { after: 0, limit: 10 })).toEqual([sampleEvent(1)]);
        }
      });

      test("is fine twice, and for a run that never was", async () => {
        await fill("abc");
        await store.delete("abc");
        await store.delete("abc");
        await store.delete("never-was");
        expect(await store.get("abc")).toBeNull();
      });

      test("makes the id free for a new run with nothing of the old", async () => {
        await fill("abc");
        await store.delete("abc");
        await store.create(sampleManifest("abc", { warnings: 7 }));
        expect(await store.get("abc")).toMatchObject({ revision: 1, warnings: 7 });
        expect(await store.readLock("abc")).toBeNull();
        expect(await store.readEvents("abc", { after: 0, limit: 10 })).toEqual([]);
      });

      test("wins over a swap that comes late", async () => {
        await fill("abc");
        await store.delete("abc");
        await expect(store.swap(sampleManifest("abc", { revision: 3 }))).rejects.toMatchObject(CONFLICT);
        await store.create(sampleManifest("abc", { warnings: 7 }));
        await expect(store.swap(sampleManifest("abc", { revision: 3 }))).rejects.toMatchObject(CONFLICT);
        expect(await store.get("abc")).toMatchObject({ revision: 1, warnings: 7 });
      });

      test("beside swaps leaves no run behind", async () => {
        for (let round = 0; round < 10; round++) {
          let manifest = sampleManifest("abc");
          await store.create(manifest);
          const swaps = async (): Promise<void> => {
            for (let turn = 0; turn < 20; turn++) {
              manifest = next(manifest);
              await store.swap(manifest);
            }
          };
          await Promise.allSettled([swaps(), store.delete("abc")]);
          await store.delete("abc");
          expect(await store.get("abc")).toBeNull();
        }
      });
    });
  });
}
