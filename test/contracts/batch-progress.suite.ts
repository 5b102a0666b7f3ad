import { beforeEach, describe, expect, test } from "vitest";
import type { PartAddress } from "../../shared/keys.ts";
import type { BatchProgress } from "../../shared/ports/batch-progress.ts";

export interface BatchProgressUnderTest {
  /** Of no batch yet. */
  readonly progress: BatchProgress;
  /** Finishes a batch as an engine does: its part is stored, then noted. */
  finish(address: PartAddress, batch: number): Promise<void>;
}

const ADDRESS: PartAddress = { runId: "run-one", phase: "facets", fingerprint: "0123456789abcdef", round: 1 };

/** Addresses that differ in one thing each, some by looking alike at their beginning. */
const OTHERS: readonly PartAddress[] = [
  { ...ADDRESS, runId: "run-one-b" },
  { ...ADDRESS, runId: "run" },
  { ...ADDRESS, phase: "label" },
  { ...ADDRESS, fingerprint: "0123456789abcdee" },
  { ...ADDRESS, round: 0 },
  { ...ADDRESS, round: 11 },
];

/** What every record of finished batches must do (shared/ports/batch-progress.ts). */
export function describeBatchProgress(name: string, make: () => Promise<BatchProgressUnderTest>): void {
  describe(`${name} as the record of finished batches`, () => {
    let subject: BatchProgressUnderTest;
    beforeEach(async () => {
      subject = await make();
    });

    test("counts none of a round that has none", async () => {
      expect(await subject.progress.count(ADDRESS)).toBe(0);
    });

    test("counts each finished batch once, however often it is said", async () => {
      for (const batch of [0, 1, 10, 1, 12_345, 0]) await subject.finish(ADDRESS, batch);
      await subject.progress.finished(ADDRESS, 10);
      expect(await subject.progress.count(ADDRESS)).toBe(4);
    });

    test("counts the batches of one run, phase, fingerprint and round alone", async () => {
      for (const other of OTHERS) await subject.finish(other, 3);
      expect(await subject.progress.count(ADDRESS)).toBe(0);
      await subject.finish(ADDRESS, 3);
      for (const each of [ADDRESS, ...OTHERS]) expect(await subject.progress.count(each)).toBe(1);
    });

    test("loses none of many that finish at once", async () => {
      const batches = Array.from({ length: 200 }, (_, index) => index);
      await Promise.all(batches.map((batch) => subject.finish(ADDRESS, batch % 150)));
      expect(await subject.progress.count(ADDRESS)).toBe(150);
    });

    test("refuses what is no run", async () => {
      const bad = { ...ADDRESS, runId: "../up" };
      await expect(subject.progress.count(bad)).rejects.toThrow(RangeError);
    });
  });
}
