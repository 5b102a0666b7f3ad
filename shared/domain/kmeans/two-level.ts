/*
 * k-means for more rows than one process should hold (design section 6): coarse centroids from a sample, every row to
 * its coarse cell, k-means inside each cell on its own. The phase moves the rows; the decisions are here.
 */

/**
 * How many coarse cells to use for k clusters: sqrt(k), where the two levels cost the same (n x cells comparisons,
 * then n x k / cells).
 */
export function coarseCellCount(k: number): number {
  return Math.max(1, Math.round(Math.sqrt(k)));
}

/**
 * How many of the k clusters each cell gets: in proportion to its rows, by largest remainder (ties to the first
 * cell), at least 1 for a cell with rows, at most its rows, 0 for an empty cell. The sum is k, or the number of rows
 * when that is lower.
 * @param cellSizes rows of each cell.
 * @throws RangeError when k is below the number of cells with rows.
 */
export function allocateClusters(cellSizes: readonly number[], k: number): number[] {
  const occupied = cellSizes.map((_, cell) => cell).filter((cell) => cellSizes[cell]! > 0);
  if (k < occupied.length) throw new RangeError(`${k} clusters cannot cover ${occupied.length} cells`);
  const allocation = cellSizes.map(() => 0);
  let open = occupied;
  let rows = open.reduce((sum, cell) => sum + cellSizes[cell]!, 0);
  let clusters = Math.min(k, rows);
  // A cell whose share is below one cluster gets one; the rest is shared again among the others, until all have one.
  for (;;) {
    const small = open.filter((cell) => cellSizes[cell]! * clusters < rows);
    if (small.length === 0) break;
    for (const cell of small) {
      allocation[cell] = 1;
      rows -= cellSizes[cell]!;
    }
    clusters -= small.length;
    open = open.filter((cell) => allocation[cell] === 0);
  }
  const remainders = open.map((cell) => {
    // Whole numbers, so that equal shares tie exactly.
    const share = cellSizes[cell]! * clusters;
    allocation[cell] = Math.floor(share / rows);
    return { cell, remainder: share % rows };
  });
  const left = clusters - open.reduce((sum, cell) => sum + allocation[cell]!, 0);
  remainders.sort((a, b) => b.remainder - a.remainder || a.cell - b.cell);
  for (const { cell } of remainders.slice(0, left)) allocation[cell]!++;
  return allocation;
}

/** Neighbouring cells in groups of at most `most` rows, but for a cell that alone has more: half-open ranges of cells. */
export function groupCells(cellSizes: readonly number[], most: number): { start: number; end: number }[] {
  const groups: { start: number; end: number }[] = [];
  let rows = 0;
  cellSizes.forEach((size, cell) => {
    const last = groups.at(-1);
    if (last === undefined || rows + size > most) {
      groups.push({ start: cell, end: cell + 1 });
      rows = size;
    } else {
      last.end = cell + 1;
      rows += size;
    }
  });
  return groups;
}
