import { sharedSingles } from "../shared/domain/team.ts";
import type { Matrix } from "../shared/domain/vectors.ts";

/** A matrix where the phases have theirs: threads work on it without a copy. */
export function inSharedMemory({ rows, cols, data }: Matrix): Matrix {
  const shared = sharedSingles(data.length);
  shared.set(data);
  return { rows, cols, data: shared };
}
