import type { Cluster } from "../../contracts/clusters.ts";
import type {
  ConcernScores,
  Evaluation,
  GroupingMethod,
  GroupingScores,
  LanguageScores,
  LevelScores,
} from "../../contracts/evaluation.ts";
import { crossTabulate } from "../agreement.ts";
import type { CrossTable } from "../agreement.ts";
import { rateWithInterval } from "../interval.ts";
import { kmeans } from "../kmeans/kmeans.ts";
import { seededRandom, shuffle } from "../random.ts";
import type { Random } from "../random.ts";
import type { Matrix } from "../vectors.ts";
import { agreementEstimates, bootstrap } from "./bootstrap.ts";
import { levelAncestors } from "./levels.ts";
import { tfIdfRows } from "./tf-idf.ts";

/** Below so many labelled conversations intervals are wider than what one wants to tell apart (design section 8). */
export const LEAST_TO_JUDGE = 200;
/** From this rating on a conversation is one to look at. */
const FLAGGED = 3;

/** A labelled conversation, and what a run found out about it. */
export interface LabelledResult {
  readonly label: string;
  readonly domain: string | null;
  readonly language: string | null;
  readonly concern: number | null;
  /** What its users wrote: for the baseline that looks at words. */
  readonly text: string;
  readonly found: {
    /** Base cluster; null for a conversation that has none. */
    readonly cluster: string | null;
    readonly language: string | null;
    readonly concern: number | null;
  };
}

export type TreeNodes = readonly Pick<Cluster, "id" | "parent_id" | "level">[];

/** Of each cell of a table, whether its items' class is the one most frequent among the others of their cluster. */
export function rightCells({ cells, columns }: CrossTable): boolean[] {
  const most = new Float64Array(columns);
  const second = new Float64Array(columns);
  for (const { column, count } of cells) {
    if (count > most[column]!) {
      second[column] = most[column]!;
      most[column] = count;
    } else if (count > second[column]!) second[column] = count;
  }
  // Without the item itself; a draw is no answer.
  return cells.map(({ column, count }) => {
    const others = count === most[column] ? second[column]! : most[column]!;
    return count - 1 > others;
  });
}

function scoresOf(
  method: GroupingMethod,
  classes: readonly string[],
  groups: ArrayLike<string | number | null>,
  random: Random,
): GroupingScores {
  const table = crossTabulate(classes, groups);
  const right = rightCells(table);
  let found = 0;
  table.cellOf.forEach((cell, i) => {
    if (right[cell] && groups[i] !== null) found++;
  });
  return {
    method,
    groups: table.columns,
    ...agreementEstimates(table, random),
    accuracy: rateWithInterval(found, classes.length),
  };
}

/** The run's groups, and what comes of as many groups made without it, of the same conversations. */
function compared(
  classes: readonly string[],
  groups: readonly (string | null)[],
  words: Matrix,
  seed: number,
  stream: string,
): GroupingScores[] {
  const of = (purpose: string): Random => seededRandom(seed, `evaluation/${stream}/${purpose}`);
  const k = Math.max(1, new Set(groups).size);
  return [
    scoresOf("clio", classes, groups, of("clio")),
    scoresOf("tfidf_kmeans", classes, kmeans(words, k, { seed }).labels, of("tf-idf")),
    scoresOf("random", classes, shuffle(of("shuffle"), [...groups]), of("random")),
    scoresOf(
      "majority",
      classes,
      classes.map(() => "all"),
      of("majority"),
    ),
  ];
}

function wordsOf(items: readonly LabelledResult[]): Matrix {
  return tfIdfRows(items.map(({ text }) => text));
}

function classesIn(classes: readonly string[]): number {
  return new Set(classes).size;
}

function levelsOf(items: readonly LabelledResult[], nodes: TreeNodes, seed: number): LevelScores[] {
  const words = wordsOf(items);
  const labels = items.map(({ label }) => label);
  const base = {
    level: 0,
    against: "label",
    n: items.length,
    classes: classesIn(labels),
    methods: compared(
      labels,
      items.map(({ found }) => found.cluster),
      words,
      seed,
      "base",
    ),
  } as const;
  const inDomains = items.filter(({ domain }) => domain !== null);
  const against = inDomains.length > 0 ? "domain" : "label";
  const wider = against === "domain" ? inDomains : items;
  const widerWords = wider.length === items.length ? words : wordsOf(wider);
  const classes = wider.map(({ domain, label }) => domain ?? label);
  const tops = nodes.reduce((most, { level }) => Math.max(most, level), 0);
  const above = Array.from({ length: tops }, (_, i): LevelScores => {
    const level = i + 1;
    const ancestors = levelAncestors(nodes, level);
    const groups = wider.map(({ found }) =>
      found.cluster === null ? null : (ancestors.get(found.cluster) ?? null),
    );
    return {
      level,
      against,
      n: wider.length,
      classes: classesIn(classes),
      methods: compared(classes, groups, widerWords, seed, `level ${level}`),
    };
  });
  return [base, ...above];
}

/** "pt-BR" and "pt" are one language here. */
function primary(language: string): string {
  return language.toLowerCase().split(/[-_]/, 1)[0]!;
}

/** Of each item, whether it was put among its like. */
function foundItems(items: readonly LabelledResult[]): boolean[] {
  const table = crossTabulate(
    items.map(({ label }) => label),
    items.map(({ found }) => found.cluster),
  );
  const right = rightCells(table);
  return items.map(({ found }, i) => found.cluster !== null && right[table.cellOf[i]!]!);
}

function grouped<K>(keys: readonly K[]): [K, number[]][] {
  const groups = Map.groupBy(keys.keys(), (i) => keys[i]!);
  // Largest first; in the order of their first members where equal.
  return [...groups].sort(([, a], [, b]) => b.length - a.length);
}

function rateOf(flags: readonly boolean[], indices: Iterable<number> = flags.keys()) {
  let [count, n] = [0, 0];
  for (const i of indices) {
    n++;
    if (flags[i]) count++;
  }
  return rateWithInterval(count, n);
}

function languagesOf(
  items: readonly LabelledResult[],
  right: readonly boolean[],
  seed: number,
): LanguageScores[] {
  const languages = items.map(({ language }) => (language === null ? null : primary(language)));
  return grouped(languages).flatMap(([language, indices]) => {
    if (language === null) return [];
    const table = crossTabulate(
      indices.map((i) => items[i]!.label),
      indices.map((i) => items[i]!.found.cluster),
    );
    const { nmi, ari } = agreementEstimates(table, seededRandom(seed, `evaluation/language/${language}`));
    return [{ language, n: indices.length, nmi, ari, accuracy: rateOf(right, indices) }];
  });
}

/** Spearman's rank correlation of two ratings, from how often which pair of them occurs; null when one never changes. */
export function spearman(
  pairs: readonly { a: number; b: number }[],
  counts: ArrayLike<number>,
): number | null {
  const ranksOf = (side: "a" | "b"): Map<number, number> => {
    const sizes = new Map<number, number>();
    pairs.forEach((pair, i) => sizes.set(pair[side], (sizes.get(pair[side]) ?? 0) + counts[i]!));
    const ranks = new Map<number, number>();
    let before = 0;
    for (const value of [...sizes.keys()].sort((x, y) => x - y)) {
      const size = sizes.get(value)!;
      ranks.set(value, before + (size + 1) / 2);
      before += size;
    }
    return ranks;
  };
  const [ranksA, ranksB] = [ranksOf("a"), ranksOf("b")];
  let n = 0;
  for (let i = 0; i < pairs.length; i++) n += counts[i]!;
  const middle = (n + 1) / 2;
  let [both, ofA, ofB] = [0, 0, 0];
  pairs.forEach(({ a, b }, i) => {
    const [x, y] = [ranksA.get(a)! - middle, ranksB.get(b)! - middle];
    both += counts[i]! * x * y;
    ofA += counts[i]! * x * x;
    ofB += counts[i]! * y * y;
  });
  return ofA > 0 && ofB > 0 ? both / Math.sqrt(ofA * ofB) : null;
}

function concernOf(items: readonly LabelledResult[], seed: number): ConcernScores | null {
  const pairs = items.flatMap(({ concern, found }) =>
    concern === null || found.concern === null ? [] : [{ a: concern, b: found.concern }],
  );
  if (pairs.length === 0) return null;
  const table = crossTabulate(
    pairs.map(({ a }) => a),
    pairs.map(({ b }) => b),
  );
  const cells: { a: number; b: number }[] = [];
  table.cellOf.forEach((cell, i) => (cells[cell] ??= pairs[i]!));
  const own = spearman(
    cells,
    table.cells.map(({ count }) => count),
  );
  const random = seededRandom(seed, "evaluation/concern");
  const correlation =
    own === null
      ? null
      : bootstrap(table, (counts) => [spearman(cells, counts) ?? 0], { least: -1, most: 1 }, random)[0]!;
  const flagged = pairs.filter(({ a }) => a >= FLAGGED);
  const told = pairs.filter(({ b }) => b >= FLAGGED);
  return {
    exact: rateOf(pairs.map(({ a, b }) => a === b)),
    within_one: rateOf(pairs.map(({ a, b }) => Math.abs(a - b) <= 1)),
    spearman: correlation,
    recall_of_flagged: rateOf(flagged.map(({ b }) => b >= FLAGGED)),
    precision_of_flagged: rateOf(told.map(({ a }) => a >= FLAGGED)),
  };
}

/**
 * How well a run's results agree with labels, beside baselines of the same conversations.
 * @param nodes every node of the hierarchy, or none.
 */
export function evaluate(items: readonly LabelledResult[], nodes: TreeNodes, seed: number): Evaluation {
  const right = foundItems(items);
  const inLanguage = items.flatMap(({ language, found }) =>
    language === null || found.language === null ? [] : [primary(language) === primary(found.language)],
  );
  return {
    n: items.length,
    least: LEAST_TO_JUDGE,
    judged: items.length >= LEAST_TO_JUDGE,
    unassigned: items.filter(({ found }) => found.cluster === null).length,
    levels: levelsOf(items, nodes, seed),
    languages: languagesOf(items, right, seed),
    topics: grouped(items.map(({ label }) => label)).map(([label, indices]) => ({
      label,
      accuracy: rateOf(right, indices),
    })),
    concern: concernOf(items, seed),
    language: inLanguage.length === 0 ? null : rateOf(inLanguage),
  };
}
