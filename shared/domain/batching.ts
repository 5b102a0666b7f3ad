/** `items` cut into `batches` runs of `size` (the last may be shorter). */
export interface Batching {
  readonly items: number;
  readonly size: number;
  readonly batches: number;
}

/**
 * Cuts items into batches of the size wanted, or of a larger one if there would be more than `maxBatches`; of a smaller one
 * where that keeps `atOnce` batches at work to the end: a last wave of a few long batches, each one call after another,
 * would leave the others idle.
 */
export function cutIntoBatches(
  items: number,
  wantedSize: number,
  maxBatches: number,
  atOnce: number | null = null,
): Batching {
  const most = Math.max(wantedSize, Math.ceil(items / maxBatches));
  if (atOnce === null || items === 0) return { items, size: most, batches: Math.ceil(items / most) };
  const waves = Math.ceil(items / (most * atOnce));
  const size = Math.max(Math.ceil(items / (waves * atOnce)), Math.ceil(items / maxBatches));
  return { items, size, batches: Math.ceil(items / size) };
}

/** The half-open range of items in one batch. */
export function batchRange(
  { items, size }: Pick<Batching, "items" | "size">,
  batch: number,
): { start: number; end: number } {
  return { start: Math.min(items, batch * size), end: Math.min(items, (batch + 1) * size) };
}
