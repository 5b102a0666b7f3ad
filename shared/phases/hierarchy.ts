import * as z from "zod";
import type { Cluster } from "../contracts/clusters.ts";
import { label } from "../contracts/model-tasks.ts";
import type { Label, Usage } from "../contracts/model-tasks.ts";
import type { LedgerEntry } from "../contracts/wire.ts";
import { batchRange, cutIntoBatches } from "../domain/batching.ts";
import { parentId } from "../domain/cluster-id.ts";
import { decodeFloats, encodeFloats } from "../domain/floats.ts";
import { kmeans } from "../domain/kmeans/kmeans.ts";
import { matchName } from "../domain/match-name.ts";
import { seededRandom, shuffle } from "../domain/random.ts";
import { TopList } from "../domain/top-list.ts";
import { bySize, nestClusters } from "../domain/tree.ts";
import { numberRepeats } from "../domain/unique-names.ts";
import { sumUsage } from "../domain/usage.ts";
import { createMatrix, dot, gatherRows, matrixFromRows, meanOfRows, row } from "../domain/vectors.ts";
import type { Matrix } from "../domain/vectors.ts";
import { MAX_BATCHES_PER_ROUND } from "../pipeline.ts";
import { askOrNull, embedTexts } from "./ask.ts";
import { userNumbers } from "./columns.ts";
import { ALL_DEFENCES } from "./defences.ts";
import type { Defences } from "./defences.ts";
import { currentLevel, labelText, stateOf, wantedParents } from "./hierarchy-state.ts";
import type { HierarchyState, Node } from "./hierarchy-state.ts";
import { shownLabel } from "./label.ts";
import type { BatchOutput, Phase, PhaseContext, ReduceAnswer } from "./phase.ts";

/** Nearest clusters outside a neighbourhood that are shown with it; the paper does not give its number. */
const OUTSIDERS_SHOWN = 10;
/** Proposed parents that are deduplicated at once. */
const DEDUPLICATE_BLOCK = 40;
/** Parents a child chooses from; of more, the nearest are listed (the paper lists up to 100). */
const PARENTS_SHOWN = 60;
/** Clio's prompts accept up to 1.5 times the parents wanted; a level with more than that does not count as shrunk. */
const MAX_OVER_WANTED = 1.5;
/** Fewest parents a level may end with. */
const MIN_PARENTS = 3;

const batchDetail = z.strictObject({ items: z.int(), size: z.int() });
/** All vectors of a level in one row: each batch of assignments reads them. */
const levelRow = z.strictObject({ vectors: z.string(), cols: z.int(), groups: z.array(z.int()) });
const parentRow = z.strictObject({ label, vector: z.string() });
const assignRow = z.strictObject({ child: z.int(), parent: z.int() });
const renameRow = z.strictObject({ parent: z.int(), label });

async function levelVectors(
  { parts }: PhaseContext,
  round: number,
): Promise<{ vectors: Matrix; groupOf: number[] }> {
  const [first] = await Array.fromAsync(parts.rows(round, 0, levelRow));
  const { vectors, cols, groups } = levelRow.parse(first);
  return { vectors: createMatrix(groups.length, cols, decodeFloats(vectors)), groupOf: groups };
}

/** kmeans labels with zero rows (a text nobody could embed) put into group 0. */
function groupRows(vectors: Matrix, k: number, seed: number): number[] {
  if (k <= 1) return Array.from({ length: vectors.rows }, () => 0);
  return Array.from(kmeans(vectors, k, { seed }).labels, (group) => Math.max(0, group));
}

async function groupLevel(context: PhaseContext, state: HierarchyState): Promise<BatchOutput> {
  const level = currentLevel(state);
  const { matrix, usage } = await embedTexts(
    context.embedder,
    level.map((node) => labelText(node.label)),
    context.call,
  );
  const neighbourhoods = Math.ceil(level.length / context.config.hierarchy_neighbourhood);
  const groups = groupRows(matrix, neighbourhoods, context.config.seed);
  return { rows: [{ vectors: encodeFloats(matrix.data), cols: matrix.cols, groups }], usage };
}

/** Proposed parents as the next prompts may have them: they are in the list from which children choose. */
const shownLabels = (labels: readonly Label[], defences: Defences): Label[] =>
  labels.flatMap((proposed) => shownLabel(proposed, defences) ?? []);

/** Parents proposed for each neighbourhood of the batch. */
async function proposeParents(
  context: PhaseContext,
  state: HierarchyState,
  wanted: number,
  range: { start: number; end: number },
  defences: Defences,
) {
  const level = currentLevel(state);
  const { vectors, groupOf } = await levelVectors(context, state.group_round);
  const rows: Label[] = [];
  const usages: Usage[] = [];
  const ledger: LedgerEntry[] = [];
  for (let group = range.start; group < range.end; group++) {
    const members = groupOf.flatMap((of, i) => (of === group ? [i] : []));
    if (members.length === 0) continue;
    const centre = meanOfRows(gatherRows(vectors, members));
    const nearest = new TopList(OUTSIDERS_SHOWN);
    groupOf.forEach((of, i) => {
      if (of !== group) nearest.offer(i, dot(centre, row(vectors, i)));
    });
    const reply = await askOrNull(context, "propose_parents", {
      clusters: members.map((i) => level[i]!.label),
      outsiders: nearest.list().map((i) => level[i]!.label),
      wanted: Math.max(1, Math.round((wanted * members.length) / level.length)),
    });
    usages.push(reply.usage);
    if (reply.answer === null) ledger.push({ item: `neighbourhood-${group}`, code: reply.code });
    else rows.push(...shownLabels(reply.answer.parents, defences));
  }
  return { rows, ledger, usage: sumUsage(usages) };
}

/** One list of parents from all proposals, deduplicated in blocks of near ones, with their vectors. */
async function deduplicateParents(
  context: PhaseContext,
  round: number,
  wanted: number,
  defences: Defences,
): Promise<BatchOutput> {
  const candidates = await Array.fromAsync(context.parts.allRows(round - 1, label));
  const usages: Usage[] = [];
  const ledger: LedgerEntry[] = [];
  const parents: Label[] = [];
  if (candidates.length > 0) {
    const embedded = await embedTexts(context.embedder, candidates.map(labelText), context.call);
    usages.push(embedded.usage);
    const blocks = groupRows(
      embedded.matrix,
      Math.ceil(candidates.length / DEDUPLICATE_BLOCK),
      context.config.seed,
    );
    for (const block of new Set(blocks)) {
      const members = candidates.filter((_, i) => blocks[i] === block);
      const reply = await askOrNull(context, "deduplicate_parents", {
        candidates: members,
        wanted: Math.max(1, Math.round((wanted * members.length) / candidates.length)),
      });
      usages.push(reply.usage);
      if (reply.answer === null) ledger.push({ item: `block-${block}`, code: reply.code });
      const shown = reply.answer === null ? [] : shownLabels(reply.answer.parents, defences);
      parents.push(...(shown.length > 0 ? shown : members));
    }
  }
  const named = numberRepeats(parents.map(({ name }) => name)).map((name, i) => ({ ...parents[i]!, name }));
  const { matrix, usage } = await embedTexts(context.embedder, named.map(labelText), context.call);
  return {
    rows: named.map((parent, i) => ({ label: parent, vector: encodeFloats(row(matrix, i)) })),
    ledger,
    usage: sumUsage([...usages, usage]),
  };
}

/** The parent of each child in the range; the answer is matched to the list, the nearest parent stands in. */
async function assignChildren(
  context: PhaseContext,
  state: HierarchyState,
  range: { start: number; end: number },
): Promise<BatchOutput> {
  const level = currentLevel(state);
  const parents = await Array.fromAsync(context.parts.rows(state.parents_round, 0, parentRow));
  if (parents.length === 0) return { rows: [] };
  const parentVectors = matrixFromRows(parents.map(({ vector }) => decodeFloats(vector)));
  const { vectors } = await levelVectors(context, state.group_round);
  const rows: z.infer<typeof assignRow>[] = [];
  const usages: Usage[] = [];
  const ledger: LedgerEntry[] = [];
  for (let child = range.start; child < range.end; child++) {
    const nearest = new TopList(PARENTS_SHOWN);
    for (let p = 0; p < parents.length; p++)
      nearest.offer(p, dot(row(vectors, child), row(parentVectors, p)));
    // Shuffled, so that a model's liking for the first of a list favours no parent (Clio, appendix G.7).
    const shown = shuffle(
      seededRandom(context.config.seed, `assign/${state.levels.length}/${child}`),
      nearest.list(),
    );
    const reply = await askOrNull(context, "assign_parent", {
      cluster: level[child]!.label,
      parents: shown.map((p) => parents[p]!.label),
    });
    usages.push(reply.usage);
    const matched =
      reply.answer === null
        ? -1
        : matchName(
            reply.answer.parent,
            shown.map((p) => parents[p]!.label.name),
          );
    if (matched === -1)
      ledger.push({ item: `child-${child}`, code: reply.answer === null ? reply.code : "unmatched_parent" });
    rows.push({ child, parent: matched === -1 ? nearest.list()[0]! : shown[matched]! });
  }
  return { rows, ledger, usage: sumUsage(usages) };
}

async function renameParents(
  context: PhaseContext,
  state: HierarchyState,
  range: { start: number; end: number },
  defences: Defences,
): Promise<BatchOutput> {
  const level = currentLevel(state);
  const rows: z.infer<typeof renameRow>[] = [];
  const usages: Usage[] = [];
  const ledger: LedgerEntry[] = [];
  for (let parent = range.start; parent < range.end; parent++) {
    const children = state.groups[parent]!.map((child) => level[child]!);
    const reply = await askOrNull(context, "rename_parent", {
      children: children.map((child) => ({ ...child.label, size: child.size })),
      taken: level.map((node) => node.label.name),
    });
    usages.push(reply.usage);
    if (reply.answer === null) ledger.push({ item: `parent-${parent}`, code: reply.code });
    const largest = children.reduce((a, b) => (b.size > a.size ? b : a));
    const shown = reply.answer === null ? null : shownLabel(reply.answer, defences);
    rows.push({ parent, label: shown ?? largest.label });
  }
  return { rows, ledger, usage: sumUsage(usages) };
}

/** Parents with one child give it to the nearest parent with more: a level of copies explains nothing. */
function withoutSingletons(groups: readonly number[][], vectors: Matrix): number[][] {
  const full = groups.filter((group) => group.length > 1).map((group) => [...group]);
  const singles = groups.filter((group) => group.length === 1).flat();
  if (full.length === 0) return groups.map((group) => [...group]);
  const centres = full.map((group) => meanOfRows(gatherRows(vectors, group)));
  for (const child of singles) {
    const nearest = new TopList(1);
    centres.forEach((centre, g) => nearest.offer(g, dot(centre, row(vectors, child))));
    full[nearest.list()[0]!]!.push(child);
  }
  return full.map((group) => group.sort((a, b) => a - b));
}

function groupsOf(labels: readonly number[]): number[][] {
  return [...Map.groupBy(labels.keys(), (i) => labels[i]!).values()];
}

/** The children of each parent, or a seeded split of the level where the proposed parents did not shrink it to a useful size. */
async function settleGroups(
  context: PhaseContext,
  state: HierarchyState,
  round: number,
  wanted: number,
): Promise<{ groups: number[][]; fallback: boolean }> {
  const level = currentLevel(state);
  const { vectors } = await levelVectors(context, state.group_round);
  const parentOf: number[] = [];
  for await (const { child, parent } of context.parts.allRows(round, assignRow)) parentOf[child] = parent;
  const proposed = parentOf.length === level.length ? withoutSingletons(groupsOf(parentOf), vectors) : [];
  const most = Math.min(level.length - 1, Math.ceil(wanted * MAX_OVER_WANTED));
  if (proposed.length >= Math.min(MIN_PARENTS, wanted) && proposed.length <= most)
    return { groups: proposed, fallback: false };
  const split = withoutSingletons(groupsOf(groupRows(vectors, wanted, context.config.seed)), vectors);
  return { groups: split, fallback: true };
}

/** The levels as clusters with ids, parents and unique users, and the artifacts made of them. */
async function finishHierarchy(context: PhaseContext, state: HierarchyState): Promise<ReduceAnswer> {
  const { artifacts } = context;
  const { clusters: base } = await artifacts.json("labeled_clusters");
  const users = await userNumbers(artifacts);
  const usersOf = new Map(base.map(({ id }) => [id, new Set<number>()]));
  let at = 0;
  for await (const { cluster_id } of artifacts.rows("assignments")) {
    if (cluster_id !== null) usersOf.get(cluster_id)?.add(users[at]!);
    at++;
  }
  const levels: Cluster[][] = [base.map((cluster) => ({ ...cluster, parent_id: null }))];
  let userSets = base.map(({ id }) => usersOf.get(id)!);
  state.levels.slice(1).forEach((nodes, i) => {
    const below = levels[i]!;
    const sets = nodes.map((node) => new Set(node.children.flatMap((child) => [...userSets[child]!])));
    const level = nodes.map((node, n): Cluster => {
      const children = node.children.map((child) => below[child]!);
      const id = parentId(
        children.map((child) => child.id),
        i + 1,
      );
      for (const child of children) child.parent_id = id;
      return {
        id,
        ...node.label,
        size: node.size,
        unique_users: sets[n]!.size,
        parent_id: null,
        level: i + 1,
      };
    });
    userSets = sets;
    levels.push(level);
  });
  const clusters = levels.toReversed().flatMap((level) => level.toSorted(bySize));
  const fallbacks = state.fallback_levels.length;
  return {
    next: "done",
    artifacts: {
      hierarchy: {
        schema_version: "1.0.0",
        levels: levels.length,
        fallback_levels: state.fallback_levels,
        clusters,
      },
      tree_view: {
        schema_version: "1.0.0",
        total: base.reduce((sum, { size }) => sum + size, 0),
        roots: nestClusters(clusters),
      },
    },
    counts: () => ({ hierarchy_levels: levels.length, roots: levels.at(-1)?.length ?? 0 }),
    warnings: () =>
      fallbacks === 0
        ? []
        : [
            {
              phase: "hierarchy",
              code: "fallback_levels",
              count: fallbacks,
              message: `${fallbacks} levels were split by vectors because the proposed parents did not shrink them`,
            },
          ],
  };
}

async function nextLevel(
  { parts }: PhaseContext,
  state: HierarchyState,
  round: number,
): Promise<HierarchyState> {
  const level = currentLevel(state);
  const labels: Label[] = [];
  for await (const renamed of parts.allRows(round, renameRow)) labels[renamed.parent] = renamed.label;
  const taken = state.levels.flatMap((nodes) => nodes.map((node) => node.label.name));
  const names = numberRepeats(
    labels.map(({ name }) => name),
    taken,
  );
  const parents: Node[] = state.groups.map((children, p) => ({
    label: { name: names[p]!, description: labels[p]!.description },
    size: children.reduce((sum, child) => sum + level[child]!.size, 0),
    children,
  }));
  return { ...state, step: "group", levels: [...state.levels, parents], group_round: round + 1, groups: [] };
}

/**
 * Every batch reads the whole level: as many batches as items each would be work that goes with their square. The root of their number
 * bounds both; but no fewer than keep all calls in flight a few times over.
 */
function itemsOfMany(items: number, concurrency: number): number {
  return Math.floor(Math.min(Math.sqrt(items), items / (4 * concurrency)));
}

/** Groups named clusters under parents, level by level, until at most `hierarchy_top` are left (design section 6). */
export const hierarchyPhaseWith = (defences: Defences): Phase => ({
  name: "hierarchy",

  async plan(context, round) {
    const state = await stateOf(context, round);
    const { config } = context;
    const items = {
      group: wantedParents(state, config.hierarchy_top) === null ? 0 : 1,
      propose: state.neighbourhoods,
      deduplicate: 1,
      assign: currentLevel(state).length,
      rename: state.groups.length,
    }[state.step];
    const concurrency = config.hierarchy_max_concurrency;
    const { size, batches } = cutIntoBatches(
      items,
      Math.max(config.hierarchy_batch_size, itemsOfMany(items, concurrency)),
      MAX_BATCHES_PER_ROUND,
      concurrency,
    );
    return { batches, concurrency, detail: { items, size } };
  },

  async batch(context, round, batch): Promise<BatchOutput> {
    const state = await stateOf(context, round);
    const wanted = wantedParents(state, context.config.hierarchy_top) ?? 1;
    const range = batchRange(batchDetail.parse((await context.parts.plan(round)).detail), batch);
    switch (state.step) {
      case "group":
        return groupLevel(context, state);
      case "propose":
        return proposeParents(context, state, wanted, range, defences);
      case "deduplicate":
        return deduplicateParents(context, round, wanted, defences);
      case "assign":
        return assignChildren(context, state, range);
      case "rename":
        return renameParents(context, state, range, defences);
    }
  },

  async reduce(context, round): Promise<ReduceAnswer> {
    const state = await stateOf(context, round);
    const wanted = wantedParents(state, context.config.hierarchy_top);
    if (wanted === null) return finishHierarchy(context, state);
    const carry = (next: Partial<HierarchyState>): ReduceAnswer => ({
      next: "round",
      carry: { ...state, ...next },
    });
    switch (state.step) {
      case "group": {
        const { groupOf } = await levelVectors(context, round);
        return carry({ step: "propose", neighbourhoods: 1 + Math.max(...groupOf) });
      }
      case "propose":
        return carry({ step: "deduplicate", parents_round: round + 1 });
      case "deduplicate":
        return carry({ step: "assign" });
      case "assign": {
        const { groups, fallback } = await settleGroups(context, state, round, wanted);
        const fallbackLevels = fallback
          ? [...state.fallback_levels, state.levels.length]
          : state.fallback_levels;
        return carry({ step: "rename", groups, fallback_levels: fallbackLevels });
      }
      case "rename":
        return { next: "round", carry: await nextLevel(context, state, round) };
    }
  },
});

export const hierarchyPhase = hierarchyPhaseWith(ALL_DEFENCES);
