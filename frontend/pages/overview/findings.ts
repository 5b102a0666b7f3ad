import { NO_VALUE, OTHER_VALUES } from "../../../shared/contracts/published.ts";
import type { PublishedBreakdowns } from "../../../shared/contracts/published.ts";
import { sumCells } from "../../../shared/domain/published/cells.ts";
import { shownName } from "../../../shared/domain/published/cluster-tree.ts";
import type { Node } from "../../../shared/domain/published/cluster-tree.ts";
import type { Generation } from "../../api/use-data.ts";
import { growthOf, measured, weeksOf } from "../../model/measure.ts";
import { languageName } from "../../model/words.ts";

/** One thing worth knowing: a sentence, the numbers behind it, and where it can be seen. */
export interface Finding {
  readonly key: string;
  readonly words: string;
  /** What to be careful about; null for nothing. */
  readonly caution: string | null;
  readonly part: number;
  readonly n: number;
  /** Whether small values are hidden, so that it is at least so many. */
  readonly atLeast: boolean;
  readonly evidence:
    | { readonly kind: "group"; readonly node: Node }
    | { readonly kind: "measure"; readonly color: string }
    | { readonly kind: "privacy" };
}

type Cells = ReadonlyMap<string, PublishedBreakdowns["clusters"][number]["cells"]>;

/** A group is said to grow or shrink from this factor on, and only where both sides have so many conversations. */
const GROWTH = 1.5;
const GROWTH_LEAST = 20;
/** Raised concern in fewer of a group's conversations is no finding. */
const CONCERN_SHARE = 0.2;
const NAME = 90;

const named = (node: Node): string => {
  const name = shownName(node);
  return name.length > NAME ? `${name.slice(0, NAME)}…` : name;
};

function largest({ tree }: Generation): Finding[] {
  return tree.roots.slice(0, 3).map((node, i) => ({
    key: `largest ${node.cluster.id}`,
    words: i === 0 ? `Most ask about: ${named(node)}.` : `Then: ${named(node)}.`,
    caution: null,
    part: node.cluster.conversations,
    n: tree.conversations,
    atLeast: false,
    evidence: { kind: "group", node },
  }));
}

/** The base cluster that grew most, if any did by a factor that is no accident of small numbers. */
function growing({ tree }: Generation, cells: Cells): Finding[] {
  const candidates = tree.all.flatMap((node) => {
    const own = cells.get(node.cluster.id);
    const growth = own === undefined ? null : growthOf(own);
    const weeks = own === undefined ? [] : weeksOf(own);
    const last = weeks.at(-1);
    const enough = weeks.length >= 2 && weeks.every(({ conversations }) => conversations >= GROWTH_LEAST);
    return growth === null || last === undefined || !enough || growth.value < GROWTH
      ? []
      : [{ node, growth, last, weeks }];
  });
  const [most] = candidates.sort((a, b) => b.growth.value - a.growth.value);
  if (most === undefined) return [];
  const { node, growth, last, weeks } = most;
  return [
    {
      key: `growth ${node.cluster.id}`,
      words: `Growing: ${named(node)}, ${growth.value.toFixed(1)} times as many in the week of ${last.week} as in the weeks before.`,
      caution: weeks.length < 4 ? `Only ${weeks.length} weeks can be compared: this is no trend yet.` : null,
      part: last.conversations,
      n: node.cluster.conversations,
      atLeast: false,
      evidence: { kind: "group", node },
    },
  ];
}

/** The group where concern is raised most often. */
function concerning({ tree }: Generation, cells: Cells): Finding[] {
  const [most] = tree.leaves
    .flatMap((node) => {
      const { id, conversations } = node.cluster;
      const value = measured({ kind: "concern" }, cells.get(id), conversations, tree.conversations);
      return value === null || value.value < CONCERN_SHARE ? [] : [{ node, value }];
    })
    .sort((a, b) => b.value.value - a.value.value);
  if (most === undefined) return [];
  const { node, value } = most;
  return [
    {
      key: `concern ${node.cluster.id}`,
      words: `Worth a look: concern of 3 or more is most frequent in ${named(node)}.`,
      caution: "Concern is what a model or a rule thought of a conversation: read it as where to look.",
      part: Math.round(value.value * node.cluster.conversations),
      n: node.cluster.conversations,
      atLeast: value.most > value.value,
      evidence: { kind: "group", node },
    },
  ];
}

/** The largest language beside the first. */
function languages({ tree }: Generation, cells: Cells): Finding[] {
  const sums = sumCells(tree.roots.map(({ cluster }) => cells.get(cluster.id)?.language ?? []));
  const [, second] = sums.filter(({ value }) => value !== OTHER_VALUES && value !== NO_VALUE);
  if (second === undefined) return [];
  const { value: tag, conversations: n } = second;
  return [
    {
      key: `language ${tag}`,
      words: `The second language is ${languageName(tag)}.`,
      caution: null,
      part: n,
      n: tree.conversations,
      atLeast: sums.some(({ value }) => value === OTHER_VALUES),
      evidence: { kind: "measure", color: `language:${tag}` },
    },
  ];
}

/** What is not shown. */
function withheld({ index }: Generation): Finding[] {
  const { withheld: conversations, withheld_names: names, read } = index.totals;
  return [
    ...(conversations === 0
      ? []
      : [
          {
            key: "withheld",
            words: `Not shown: conversations in groups with fewer than ${index.minimums.min_users} people or ${index.minimums.min_conversations} conversations.`,
            caution: null,
            part: conversations,
            n: read,
            atLeast: false,
            evidence: { kind: "privacy" } as const,
          },
        ]),
    ...(names === 0
      ? []
      : [
          {
            key: "names",
            words: "Groups whose name is withheld; their numbers are shown.",
            caution: null,
            part: names,
            n: index.totals.clusters,
            atLeast: false,
            evidence: { kind: "privacy" } as const,
          },
        ]),
  ];
}

/** What an analyst would say first about a run; nothing that the published numbers do not carry. */
export function findingsOf(generation: Generation, cells: Cells): readonly Finding[] {
  return [
    ...largest(generation),
    ...growing(generation, cells),
    ...concerning(generation, cells),
    ...languages(generation, cells),
    ...withheld(generation),
  ];
}
