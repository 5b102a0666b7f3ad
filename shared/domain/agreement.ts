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
  const n = classes.length;
  if (clusters.length !== n) throw new RangeError(`cannot compare ${n} labels with ${clusters.length}`);
  if (n === 0) return { nmi: 1, ari: 1, homogeneity: 1, completeness: 1, purity: 1 };
  const { cells, classSizes, clusterSizes } = contingency(classes, clusters);

  const classEntropy = entropy(classSizes, n);
  const clusterEntropy = entropy(clusterSizes, n);
  let information = 0;
  let pairsInBoth = 0;
  const largest = new Float64Array(clusterSizes.length);
  for (const { row, column, count } of cells) {
    information += (count / n) * Math.log((count * n) / (classSizes[row]! * clusterSizes[column]!));
    pairsInBoth += pairs(count);
    largest[column] = Math.max(largest[column]!, count);
  }

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

interface Cell {
  row: number;
  column: number;
  count: number;
}

function contingency<A, B>(classes: ArrayLike<A>, clusters: ArrayLike<B>) {
  const rowOf = new Map<A, Map<number, Cell>>();
  const columnOf = new Map<B, number>();
  const cells: Cell[] = [];
  const classSizes: number[] = [];
  const clusterSizes: number[] = [];
  const rowNumber = new Map<A, number>();
  for (let i = 0; i < classes.length; i++) {
    const name = classes[i]!;
    let row = rowNumber.get(name);
    if (row === undefined) rowNumber.set(name, (row = classSizes.push(0) - 1));
    let column = columnOf.get(clusters[i]!);
    if (column === undefined) columnOf.set(clusters[i]!, (column = clusterSizes.push(0) - 1));
    let inRow = rowOf.get(name);
    if (!inRow) rowOf.set(name, (inRow = new Map<number, Cell>()));
    let cell = inRow.get(column);
    if (!cell) {
      cell = { row, column, count: 0 };
      inRow.set(column, cell);
      cells.push(cell);
    }
    cell.count++;
    classSizes[row]!++;
    clusterSizes[column]!++;
  }
  return { cells, classSizes, clusterSizes };
}

function pairs(n: number): number {
  return (n * (n - 1)) / 2;
}

function entropy(sizes: readonly number[], n: number): number {
  return sizes.reduce((sum, size) => sum - (size / n) * Math.log(size / n), 0);
}

/** information / entropy within [0, 1]; nothing to be known counts as known. */
function ratio(information: number, of: number): number {
  return of > 0 ? Math.max(0, Math.min(1, information / of)) : 1;
}
