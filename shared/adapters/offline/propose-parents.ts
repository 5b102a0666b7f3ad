import type { Label, TaskAnswer, TaskInput } from "../../contracts/model-tasks.ts";
import { kmeans } from "../../domain/kmeans/kmeans.ts";
import { sentences } from "../../domain/text/sentences.ts";
import type { Matrix } from "../../domain/vectors.ts";
import { firstFree } from "./naming/compose.ts";
import type { Child } from "./naming/parents.ts";
import { parentDescription, parentNames } from "./naming/parents.ts";
import type { NamingTools } from "./naming/tools.ts";

/** The text by which clusters are compared: the name and what the first sentence of the description adds. */
export const labelText = ({ name, description }: Label): string =>
  `${name}. ${sentences(description)[0] ?? ""}`;

/** Numbers of the rows in each of at most `k` groups, by k-means; rows without a vector form a group of their own. */
export function groupRows(vectors: Matrix, k: number, seed: number): number[][] {
  const { labels } = kmeans(vectors, Math.max(1, Math.min(k, vectors.rows)), { seed, restarts: 3 });
  return [...Map.groupBy(labels.keys(), (i) => labels[i]!).values()];
}

/** Groups the clusters by k-means over their vectors and names each group by what its names share. */
export function proposeParents(
  input: TaskInput<"propose_parents">,
  vectors: Matrix,
  seed: number,
  tools: NamingTools,
): TaskAnswer<"propose_parents"> {
  const groups = groupRows(vectors, input.wanted, seed);
  const parents: Label[] = [];
  for (const rows of groups) {
    const children = rows.map((i): Child => ({ ...(input.clusters[i] as Label), size: 1 }));
    const names = parentNames(children, tools);
    parents.push({
      description: parentDescription(children),
      name: firstFree(
        names,
        parents.map(({ name }) => name),
      ),
    });
  }
  return { parents };
}
