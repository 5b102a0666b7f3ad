/** How two labellings of the same items agree; every score but `ari` lies in [0, 1], `ari` in [-0.5, 1]. */
export interface Agreement {
  /** Normalised mutual information, by the arithmetic mean of the entropies; equals the V-measure. */
  nmi: number;
  /** Adjusted Rand index (Hubert and Arabie 1985): 0 is what chance gives. */
  ari: number;
  /** 1 when every cluster holds items of one class only. */
  homogeneity: number;
  /** 1 when every class lies in one cluster only. */
  completeness: number;
  /** The share of items whose class is the most frequent one of their cluster. */
  purity: number;
}

/**
 * Compares `clusters` with `classes`, item by item. Labels are names: only their equality counts, so -1 is a label
 * like any other; leave items out beforehand that should not count. No items, or one trivial labelling equal to the
 * other, score 1, as in scikit-learn.
 * @throws RangeError when the lengths differ.
 */
export function agreement<A, B>(classes: ArrayLike<A>, clusters: ArrayLike<B>): Agreement {
  return agreementOf(crossTabulate(classes, clusters));
}

/** The same, of a table; `counts` stand in for the cells' own, such as those of a resample. */
export function agreementOf(
  { cells, rows, columns }: CrossTable,
  counts: ArrayLike<number> = cells.map(({ count }) => count),
): Agreement {
  const classSizes = new Float64Array(rows);
  const clusterSizes = new Float64Array(columns);
  let n = 0;
  cells.forEach(({ row, column }, i) => {
    const count = counts[i]!;
    n += count;
    classSizes[row]! += count;
    clusterSizes[column]! += count;
  });
  if (n === 0) return { nmi: 1, ari: 1, homogeneity: 1, completeness: 1, purity: 1 };

  const classEntropy = entropy(classSizes, n);
  const clusterEntropy = entropy(clusterSizes, n);
  let information = 0;
  let pairsInBoth = 0;
  const largest = new Float64Array(columns);
  cells.forEach(({ row, column }, i) => {
    const count = counts[i]!;
    if (count === 0) return;
    information += (count / n) * Math.log((count * n) / (classSizes[row]! * clusterSizes[column]!));
    pairsInBoth += pairs(count);
    largest[column] = Math.max(largest[column]!, count);
  });

  const total = pairs(n);
  const inClasses = classSizes.reduce((sum, size) => sum + pairs(size), 0);
  const inClusters = clusterSizes.reduce((sum, size) => sum + pairs(size), 0);
  const expected = total > 0 ? (inClasses * inClusters) / total : 0;
  const ceiling = (inClasses + inClusters) / 2;
  return {
    nmi: ratio(information, (classEntropy + clusterEntropy) / 2),
    ari: ceiling === expected ? 1 : (pairsInBoth - expected) / (ceiling - expected),
    homogeneity: ratio(information, classEntropy),
    completeness: ratio(information, clusterEntropy),
    purity: largest.reduce((sum, count) => sum + count, 0) / n,
  };
}

export interface Cell {
  readonly row: number;
  readonly column: number;
  count: number;
}

/** How many items have which class (row) and which cluster (column); only cells that hold any. */
export interface CrossTable {
  readonly cells: readonly Cell[];
  readonly rows: number;
  readonly columns: number;
  /** Of each item, the number of its cell. */
  readonly cellOf: Int32Array;
}

/** @throws RangeError when the lengths differ. */
export function crossTabulate<A, B>(classes: ArrayLike<A>, clusters: ArrayLike<B>): CrossTable {
  const n = classes.length;
  if (clusters.length !== n) throw new RangeError(`cannot compare ${n} labels with ${clusters.length}`);
  const cellsOf = new Map<A, Map<number, number>>();
  const columnOf = new Map<B, number>();
  const rowOf = new Map<A, number>();
  const cells: Cell[] = [];
  const cellOf = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    const name = classes[i]!;
    let row = rowOf.get(name);
    if (row === undefined) rowOf.set(name, (row = rowOf.size));
    let column = columnOf.get(clusters[i]!);
    if (column === undefined) columnOf.set(clusters[i]!, (column = columnOf.size));
    let inRow = cellsOf.get(name);
    if (!inRow) cellsOf.set(name, (inRow = new Map<number, number>()));
    let cell = inRow.get(column);
    if (cell === undefined) {
      cell = cells.push({ row, column, count: 0 }) - 1;
      inRow.set(column, cell);
    }
    cells[cell]!.count++;
    cellOf[i] = cell;
  }
  return { cells, rows: rowOf.size, columns: columnOf.size, cellOf };
}

function pairs(n: number): number {
  return (n * (n - 1)) / 2;
}

function entropy(sizes: Float64Array, n: number): number {
  return sizes.reduce((sum, size) => (size === 0 ? sum : sum - (size / n) * Math.log(size / n)), 0);
}

/** information / entropy within [0, 1]; nothing to be known counts as known. */
function ratio(information: number, of: number): number {
  return of > 0 ? Math.max(0, Math.min(1, information / of)) : 1;
}
