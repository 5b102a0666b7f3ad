import { afterAll, describe, expect, it } from "vitest";
import { offlineEmbedder } from "../../shared/adapters/offline/embedder.ts";
import { cosine, createMatrix, row } from "../../shared/domain/vectors.ts";
import { ErrorName } from "../../shared/errors.ts";

const call = { signal: new AbortController().signal };
const one = offlineEmbedder({ threads: 1 });
const two = offlineEmbedder({ threads: 2 });
afterAll(async () => {
  await Promise.all([one.close(), two.close()]);
});

describe("offlineEmbedder", () => {
  it("gives unit rows of meaning, and zeros for blank text", async () => {
    const texts = ["reset my password", "I forgot my login password", "bake a chocolate cake", "", "  \n"];
    const { rows, cols, data } = await one.embed(texts, call);
    expect([rows, cols]).toEqual([5, one.dimensions]);
    const matrix = createMatrix(rows, cols, data);
    const length = (i: number): number => Math.hypot(...row(matrix, i));
    expect(length(0)).toBeCloseTo(1, 5);
    expect([length(3), length(4)]).toEqual([0, 0]);
    const near = cosine(row(matrix, 0), row(matrix, 1));
    const far = cosine(row(matrix, 0), row(matrix, 2));
    expect(near).toBeGreaterThan(far + 0.2);
  });

  it("gives the same bits with any number of threads", async () => {
    const texts = Array.from({ length: 75 }, (_, i) => `request number ${i} about ${"word ".repeat(i % 7)}`);
    const [a, b] = await Promise.all([one.embed(texts, call), two.embed(texts, call)]);
    expect(b.data).toEqual(a.data);
  });

  it("embeds any text, however odd or long", async () => {
    const texts = ["\ud800", "的".repeat(5000), "a ".repeat(5000), "\u0000", "👩‍👩‍👧", "x".repeat(100_000)];
    const { data } = await one.embed(texts, call);
    expect(data.every(Number.isFinite)).toBe(true);
  });

  it("embeds nothing without a thread", async () => {
    const idle = offlineEmbedder();
    expect((await idle.embed([], call)).rows).toBe(0);
    await idle.close();
  });

  it("stops with the signal's reason", async () => {
    const reason = new Error("stop");
    await expect(one.embed(["a"], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const controller = new AbortController();
    const pending = one.embed(
      Array.from({ length: 200 }, (_, i) => `text ${i}`),
      { signal: controller.signal },
    );
    controller.abort(reason);
    await expect(pending).rejects.toBe(reason);
    expect((await one.embed(["still alive"], call)).rows).toBe(1);
  });

  it("rejects what is under way when closed, and everything after", async () => {
    const closing = offlineEmbedder({ threads: 1 });
    const pending = closing.embed(
      Array.from({ length: 64 }, (_, i) => `text ${i}`),
      call,
    );
    const [outcome] = await Promise.allSettled([pending, closing.close()]);
    expect(outcome).toMatchObject({ status: "rejected", reason: { name: ErrorName.transient } });
    await expect(closing.embed(["a"], call)).rejects.toMatchObject({ name: ErrorName.permanent });
  });
});
