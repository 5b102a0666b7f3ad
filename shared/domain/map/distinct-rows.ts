import type { Matrix } from "../vectors.ts";
import { row } from "../vectors.ts";

/** Rows that are the same to the bit, put together. */
export interface DistinctRows {
  /** The first row of each group, ascending. */
  first: number[];
  /** The group of each row; -1 for a zero row. */
  groupOf: Int32Array;
}

/** Groups equal rows of a matrix; zero rows, texts that could not be embedded, are in no group. */
export function distinctRows(matrix: Matrix): DistinctRows {
  const first: number[] = [];
  const groupOf = new Int32Array(matrix.rows).fill(-1);
  const byHash = new Map<number, number[]>();
  for (let i = 0; i < matrix.rows; i++) {
    const vector = row(matrix, i);
    if (vector.every((value) => value === 0)) continue;
    const hash = hashRow(vector);
    const groups = byHash.get(hash);
    const known = groups?.find((group) => sameNumbers(row(matrix, first[group]!), vector));
    if (known !== undefined) {
      groupOf[i] = known;
      continue;
    }
    const group = first.push(i) - 1;
    groupOf[i] = group;
    if (groups) groups.push(group);
    else byHash.set(hash, [group]);
  }
  return { first, groupOf };
}

function sameNumbers(a: Float32Array, b: Float32Array): boolean {
  return a.every((value, j) => value === b[j]);
}

/** 32-bit FNV-1a over numbers scaled to integers: equal rows have equal hashes. */
function hashRow(vector: Float32Array): number {
  let hash = 0x811c9dc5;
  for (let j = 0; j < vector.length; j++) hash = Math.imul(hash ^ (vector[j]! * 0x7fffffff), 0x01000193);
  return hash;
}
