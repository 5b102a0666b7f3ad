import type { TaskAnswer, TaskInput } from "../../contracts/model-tasks.ts";
import { stem } from "../../domain/text/stem.ts";
import { GENERIC_WORDS, STOP_WORDS } from "../../domain/text/stop-words.ts";
import { tokens } from "../../domain/text/words.ts";
import type { Matrix } from "../../domain/vectors.ts";
import { cosine, row } from "../../domain/vectors.ts";

/** What a shared word of the names is worth beside the cosine of the vectors, which spreads over some 0.3. */
const WORD_WEIGHT = 0.15;

const subjectStems = (name: string): Set<string> =>
  new Set(
    tokens(name)
      .filter((token) => !STOP_WORDS.has(token) && !GENERIC_WORDS.has(token))
      .map(stem),
  );

/** The parent nearest in meaning, with a bonus for shared words; on a tie the first. `vectors`: the cluster, then the parents. */
export function assignParent(
  { cluster, parents }: TaskInput<"assign_parent">,
  vectors: Matrix,
): TaskAnswer<"assign_parent"> {
  const own = subjectStems(cluster.name);
  let best = parents[0]?.name ?? "";
  let most = -Infinity;
  parents.forEach(({ name }, i) => {
    const shared = [...subjectStems(name)].filter((word) => own.has(word)).length;
    const score =
      cosine(row(vectors, 0), row(vectors, i + 1)) + (WORD_WEIGHT * shared) / Math.max(1, own.size);
    if (score > most) [best, most] = [name, score];
  });
  return { parent: best };
}
