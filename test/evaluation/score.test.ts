import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { agreement, agreementOf, crossTabulate } from "../../shared/domain/agreement.ts";
import { agreementEstimates, bootstrap } from "../../shared/domain/evaluation/bootstrap.ts";
import { evaluate, rightCells, spearman } from "../../shared/domain/evaluation/score.ts";
import type { LabelledResult } from "../../shared/domain/evaluation/score.ts";
import { tfIdfRows } from "../../shared/domain/evaluation/tf-idf.ts";
import { randomInt, seededRandom } from "../../shared/domain/random.ts";
import { cosine, row } from "../../shared/domain/vectors.ts";

const item = (
  label: string,
  cluster: string | null,
  changes: Partial<LabelledResult> = {},
): LabelledResult => ({
  label,
  domain: null,
  language: null,
  concern: null,
  text: `please help with ${label}`,
  ...changes,
  found: { cluster, language: "en", concern: 1, ...changes.found },
});

/** `n` conversations about `topics` topics, in clusters by `clusterOf`. */
const items = (n: number, topics: number, clusterOf: (i: number) => string | null): LabelledResult[] =>
  Array.from({ length: n }, (_, i) => item(`topic ${i % topics}`, clusterOf(i)));

const own = (levels: ReturnType<typeof evaluate>["levels"], level = 0) => levels[level]!.methods[0]!;

describe("agreement of a table", () => {
  const classes = [..."aaaabbbbccccddda"];
  const clusters = [0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 0, 3, 4, 5, 3];

  it("is what scikit-learn says", () => {
    // scikit-learn: normalized_mutual_info_score, adjusted_rand_score, homogeneity_score, completeness_score (classes, clusters)
    const scores = agreement(classes, clusters);
    expect(scores.nmi).toBeCloseTo(0.65772798002394, 10);
    expect(scores.ari).toBeCloseTo(0.42727272727272725, 10);
    expect(scores.homogeneity).toBeCloseTo(0.72010049460543, 10);
    expect(scores.completeness).toBeCloseTo(0.605299145363782, 10);
  });

  it("follows other counts as if the items were there so often", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(3), fc.nat(3), fc.nat(4)), { minLength: 1, maxLength: 12 }),
        (cells) => {
          const distinct = [...new Map(cells.map((cell) => [`${cell[0]} ${cell[1]}`, cell])).values()];
          const table = crossTabulate(
            distinct.map(([a]) => a),
            distinct.map(([, b]) => b),
          );
          const repeated = distinct.flatMap(([a, b, n]) => Array.from({ length: n }, () => [a, b] as const));
          const expected = agreement(
            repeated.map(([a]) => a),
            repeated.map(([, b]) => b),
          );
          const found = agreementOf(
            table,
            distinct.map(([, , n]) => n),
          );
          for (const name of ["nmi", "ari", "homogeneity", "completeness", "purity"] as const)
            expect(found[name]).toBeCloseTo(expected[name], 9);
        },
      ),
    );
  });
});

describe("the bootstrap", () => {
  it("gives a share the interval that theory gives it", () => {
    const flags = Array.from({ length: 400 }, (_, i) => (i % 4 === 0 ? "yes" : "no"));
    const table = crossTabulate(flags, flags);
    const yes = table.cells.findIndex((_, cell) => flags[[...table.cellOf].indexOf(cell)] === "yes");
    const [held] = bootstrap(table, (counts) => [counts[yes]! / 400], { least: 0, most: 1 }, seededRandom(1));
    // 0.25 -+ 1.96 sqrt(0.25 x 0.75 / 400)
    expect(held!.value).toBe(0.25);
    expect(held!.low).toBeCloseTo(0.2076, 1.7);
    expect(held!.high).toBeCloseTo(0.2924, 1.7);
  });

  it("always holds the score, is narrower with more items, and is the same for the same seed", () => {
    const of = (n: number, seed: number) => {
      const random = seededRandom(5, "test");
      const classes = Array.from({ length: n }, () => randomInt(random, 4));
      const clusters = classes.map((label) => (random() < 0.7 ? label : randomInt(random, 4)));
      return agreementEstimates(crossTabulate(classes, clusters), seededRandom(seed)).nmi;
    };
    const [small, large] = [of(100, 1), of(2000, 1)];
    for (const { low, value, high } of [small, large]) {
      expect(low).toBeLessThanOrEqual(value);
      expect(value).toBeLessThanOrEqual(high);
    }
    expect(large.high - large.low).toBeLessThan((small.high - small.low) / 2);
    expect(of(100, 1)).toEqual(small);
    expect(of(100, 2)).not.toEqual(small);
  });

  it("does not lift the score of groups by chance: repeated conversations agree with themselves", () => {
    const random = seededRandom(3, "test");
    const classes = Array.from({ length: 300 }, () => randomInt(random, 30));
    const clusters = classes.map(() => randomInt(random, 30));
    const { ari } = agreementEstimates(crossTabulate(classes, clusters), seededRandom(1));
    expect(ari.low).toBeLessThan(0);
    expect(ari.high).toBeGreaterThan(0);
    expect(ari.high).toBeLessThan(0.05);
  });
});

describe("among its like", () => {
  it("asks the others of the cluster, and takes a draw for no answer", () => {
    const right = (classes: string, clusters: string): boolean[] => {
      const table = crossTabulate([...classes], [...clusters]);
      const cells = rightCells(table);
      return [...table.cellOf].map((cell) => cells[cell]!);
    };
    expect(right("aab", "xxx")).toEqual([false, false, false]);
    expect(right("aaab", "xxxx")).toEqual([true, true, true, false]);
    expect(right("a", "x")).toEqual([false]);
    expect(right("aabb", "xxyy")).toEqual([true, true, true, true]);
    expect(right("aabb", "xxxx")).toEqual([false, false, false, false]);
  });
});

describe("Spearman's rank correlation", () => {
  it("is what SciPy says, ties and all", () => {
    const a = [1, 1, 2, 3, 5, 4, 2, 1, 3, 5, 1, 2];
    const b = [1, 2, 2, 3, 4, 4, 1, 1, 1, 5, 1, 3];
    const pairs = a.map((value, i) => ({ a: value, b: b[i]! }));
    // scipy.stats.spearmanr(a, b).statistic
    expect(
      spearman(
        pairs,
        pairs.map(() => 1),
      ),
    ).toBeCloseTo(0.7599154445658634, 10);
    // A pair that is left out and one that counts twice.
    const [first, ...rest] = pairs;
    expect(
      spearman(
        pairs,
        pairs.map((_, i) => (i === 0 ? 2 : 1)),
      ),
    ).toBeCloseTo(
      spearman(
        [first!, ...pairs],
        [first!, ...pairs].map(() => 1),
      )!,
      12,
    );
    expect(
      spearman(
        pairs,
        pairs.map((_, i) => (i === 0 ? 0 : 1)),
      ),
    ).toBeCloseTo(
      spearman(
        rest,
        rest.map(() => 1),
      )!,
      12,
    );
  });

  it("is not there when one side never changes", () => {
    expect(
      spearman(
        [
          { a: 1, b: 1 },
          { a: 1, b: 2 },
        ],
        [1, 1],
      ),
    ).toBeNull();
  });
});

describe("TF-IDF", () => {
  it("puts texts with the same rare words together, and gives none to a text without a shared word", () => {
    const texts = [
      "boil the eggs",
      "boil eggs for the salad",
      "invoice for the tax",
      "tax and the invoice",
      "unique",
      "",
    ];
    const matrix = tfIdfRows(texts);
    const near = (a: number, b: number): number => cosine(row(matrix, a), row(matrix, b));
    expect(near(0, 1)).toBeGreaterThan(near(0, 2) + 0.3);
    expect(near(2, 3)).toBeGreaterThan(near(1, 3) + 0.3);
    expect(row(matrix, 4).every((value) => value === 0)).toBe(true);
    expect(row(matrix, 5).every((value) => value === 0)).toBe(true);
    expect(tfIdfRows(texts)).toEqual(matrix);
  });

  it("keeps cosines of the full vectors to within the noise of the projection", () => {
    // Ten words of weight 1 each, five of them shared: cosine 0.5; words of more than half of the texts do not count.
    const words = (from: number, n: number): string =>
      Array.from({ length: n }, (_, i) => `word${from + i}`).join(" ");
    const matrix = tfIdfRows([words(0, 10), words(5, 10), words(0, 5), words(10, 5), "other", "texts"]);
    expect(cosine(row(matrix, 0), row(matrix, 1))).toBeCloseTo(0.5, 0.7);
  });
});

describe("an evaluation", () => {
  it("scores a perfect clustering 1, and judges from 200 conversations on", () => {
    const perfect = evaluate(
      items(240, 6, (i) => `c${i % 6}`),
      [],
      7,
    );
    expect(perfect.judged).toBe(true);
    expect(perfect.levels).toHaveLength(1);
    for (const name of ["nmi", "ari", "homogeneity", "completeness", "purity"] as const)
      expect(own(perfect.levels)[name].value).toBeCloseTo(1, 12);
    expect(own(perfect.levels).accuracy).toMatchObject({ count: 240, n: 240, rate: 1 });
    expect(
      evaluate(
        items(199, 6, (i) => `c${i % 6}`),
        [],
        7,
      ),
    ).toMatchObject({ judged: false, n: 199 });
  });

  it("scores chance near 0, and everything in one group as the majority baseline", () => {
    const random = seededRandom(11, "test");
    const chance = evaluate(
      items(600, 6, () => `c${randomInt(random, 6)}`),
      [],
      7,
    );
    expect(Math.abs(own(chance.levels).ari.value)).toBeLessThan(0.02);
    const one = evaluate(
      items(300, 6, () => "c0"),
      [],
      7,
    ).levels[0]!;
    const majority = one.methods.find(({ method }) => method === "majority")!;
    expect(one.methods[0]).toMatchObject({ nmi: { value: 0 }, ari: { value: 0 }, purity: { value: 1 / 6 } });
    expect(majority).toMatchObject({ groups: 1, nmi: { value: 0 }, purity: { value: 1 / 6 } });
  });

  it("gives the baseline of words its due where words tell the topics apart", () => {
    const { methods } = evaluate(
      items(240, 4, () => "c0"),
      [],
      7,
    ).levels[0]!;
    // As many groups as the run has, which is one here; with four it finds the topics.
    const four = evaluate(
      items(240, 4, (i) => `c${Math.floor(i / 60)}`),
      [],
      7,
    ).levels[0]!.methods;
    expect(methods.find(({ method }) => method === "tfidf_kmeans")!.groups).toBe(1);
    expect(four.find(({ method }) => method === "tfidf_kmeans")!.ari.value).toBeCloseTo(1, 6);
    expect(four.find(({ method }) => method === "random")!.ari.value).toBeLessThan(0.05);
  });

  it("compares levels above with domains, and conversations without a cluster count as not found", () => {
    const nodes = [
      { id: "a", parent_id: "p", level: 0 },
      { id: "b", parent_id: "p", level: 0 },
      { id: "c", parent_id: "q", level: 0 },
      { id: "p", parent_id: null, level: 1 },
      { id: "q", parent_id: null, level: 1 },
    ];
    const of = [
      ["one", "a", "left"],
      ["two", "b", "left"],
      ["three", "c", "right"],
    ] as const;
    const all = Array.from({ length: 210 }, (_, i) => {
      const [label, cluster, domain] = of[i % 3]!;
      return item(label, i < 9 ? null : cluster, { domain });
    });
    const { levels, unassigned } = evaluate(all, nodes, 7);
    expect(unassigned).toBe(9);
    expect(levels.map(({ level, against, classes }) => [level, against, classes])).toEqual([
      [0, "label", 3],
      [1, "domain", 2],
    ]);
    expect(own(levels).accuracy.count).toBe(201);
    expect(own(levels, 1).accuracy.count).toBe(201);
    expect(own(levels, 1).groups).toBe(3);
  });

  it("tells languages apart, by their first part, and scores language and concern where they are given", () => {
    const all = Array.from({ length: 300 }, (_, i) => {
      const language = i % 3 === 0 ? "pt-BR" : "en";
      return item(`topic ${i % 4}`, language === "en" ? `c${i % 4}` : "c9", {
        language,
        concern: i % 10 === 0 ? 4 : 1,
        found: {
          cluster: language === "en" ? `c${i % 4}` : "c9",
          language: i < 30 ? "fr" : language.slice(0, 2),
          concern: i % 20 === 0 ? 5 : 1,
        },
      });
    });
    const { languages, language, concern } = evaluate(all, [], 7);
    expect(languages.map(({ language: name, n }) => [name, n])).toEqual([
      ["en", 200],
      ["pt", 100],
    ]);
    expect(languages[0]!.accuracy.rate).toBe(1);
    expect(languages[1]!.accuracy.rate).toBe(0);
    expect(language).toMatchObject({ count: 270, n: 300 });
    expect(concern).toMatchObject({
      exact: { count: 270, n: 300 },
      within_one: { count: 285, n: 300 },
      recall_of_flagged: { count: 15, n: 30 },
      precision_of_flagged: { count: 15, n: 15 },
    });
    const without = evaluate(
      items(10, 2, () => "c0"),
      [],
      7,
    );
    expect([without.language, without.concern, without.languages]).toEqual([null, null, []]);
  });
});
