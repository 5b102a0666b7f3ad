/** A square of the map: its lower left corner and the length of a side, in map units. */
export interface SquareExtent {
  x: number;
  y: number;
  side: number;
}

/** The square around every map that `fitMap` makes. */
export const MAP_EXTENT: SquareExtent = { x: -1, y: -1, side: 2 };

export interface GridCell {
  col: number;
  row: number;
}

/**
 * The cell of a point in a grid of size x size over the extent, columns from the left and rows from the bottom,
 * 0 .. size - 1. A point on or beyond an edge belongs to the outermost cell.
 */
export function gridCell(x: number, y: number, size: number, extent: SquareExtent = MAP_EXTENT): GridCell {
  return { col: step(x - extent.x, size, extent.side), row: step(y - extent.y, size, extent.side) };
}

/** The middle of a cell, in map units. */
export function gridCellCentre(
  cell: GridCell,
  size: number,
  extent: SquareExtent = MAP_EXTENT,
): { x: number; y: number } {
  const side = extent.side / size;
  return { x: extent.x + (cell.col + 0.5) * side, y: extent.y + (cell.row + 0.5) * side };
}

function step(offset: number, size: number, side: number): number {
  return Math.max(0, Math.min(size - 1, Math.floor((offset / side) * size)));
}
