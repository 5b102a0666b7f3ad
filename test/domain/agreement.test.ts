import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { agreement } from "../../shared/domain/agreement.ts";

const labels = fc.array(fc.nat(4), { minLength: 2, maxLength: 40 });

describe("agreement", () => {
  it("gives the values of scikit-learn's documentation", () => {
    // adjusted_rand_score([0, 0, 1, 1], [0, 0, 1, 2]) = 0.57...; [0, 0, 1, 2] against [0, 0, 1, 1] the same.
    expect(agreement([0, 0, 1, 1], [0, 0, 1, 2]).ari).toBeCloseTo(4 / 7, 12);
    // adjusted_rand_score([0, 0, 1, 1], [0, 1, 0, 1]) = -0.5
    expect(agreement([0, 0, 1, 1], [0, 1, 0, 1]).ari).toBeCloseTo(-0.5, 12);
    // homogeneity 1, completeness 2/3, v_measure 0.8
    expect(agreement([0, 0, 1, 1], [0, 0, 1, 2])).toMatchObject({
      homogeneity: expect.closeTo(1, 12) as number,
      completeness: expect.closeTo(2 / 3, 12) as number,
      nmi: expect.closeTo(0.8, 12) as number,
      purity: 1,
    });
  });

  it("counts the majority of each cluster for purity", () => {
    expect(agreement(["a", "a", "b", "b", "b"], [0, 0, 0, 1, 1]).purity).toBe(4 / 5);
  });

  it("scores independent labellings near 0", () => {
    const classes = Array.from({ length: 400 }, (_, i) => i % 4);
    const clusters = Array.from({ length: 400 }, (_, i) => Math.floor(i / 4) % 5);
    const { nmi, ari } = agreement(classes, clusters);
    expect(nmi).toBeLessThan(1e-9);
    expect(Math.abs(ari)).toBeLessThan(0.02);
  });

  it("is 1 for the same partition under other names, and only then", () => {
    fc.assert(
      fc.property(labels, labels, (a, b) => {
        const n = Math.min(a.length, b.length);
        const classes = a.slice(0, n);
        const renamed = classes.map((label) => `topic ${(label * 7) % 5}`);
        for (const score of Object.values(agreement(classes, renamed))) expect(score).toBeCloseTo(1, 9);
        const other = b.slice(0, n);
        const pairs = new Set(classes.map((label, i) => `${label} ${other[i]}`)).size;
        const same = pairs === new Set(classes).size && pairs === new Set(other).size;
        expect(agreement(classes, other).ari > 1 - 1e-9).toBe(same);
      }),
    );
  });

  it("is symmetric, with homogeneity and completeness exchanged", () => {
    fc.assert(
      fc.property(labels, (a) => {
        const b = a.map((label, i) => (label + (i % 3)) % 4);
        const forth = agreement(a, b);
        const back = agreement(b, a);
        expect(back.nmi).toBeCloseTo(forth.nmi, 9);
        expect(back.ari).toBeCloseTo(forth.ari, 9);
        expect(back.homogeneity).toBeCloseTo(forth.completeness, 9);
      }),
    );
  });

  it("handles nothing, one item and trivial labellings", () => {
    expect(agreement([], []).nmi).toBe(1);
    expect(agreement([3], [8])).toEqual({ nmi: 1, ari: 1, homogeneity: 1, completeness: 1, purity: 1 });
    expect(agreement([0, 1], [0, 0])).toMatchObject({ nmi: 0, ari: 0, homogeneity: 0, completeness: 1 });
    expect(() => agreement([0], [])).toThrow(RangeError);
  });
});
