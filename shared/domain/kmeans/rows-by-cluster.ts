/**
 * The rows of each cluster, ascending.
 * @param labels cluster of each row, 0 .. k - 1, or -1 for a zero row, which is in no list.
 */
export function rowsByCluster(labels: Int32Array, k: number): Int32Array[] {
  const sizes = new Int32Array(k);
  for (const label of labels) if (label >= 0) sizes[label]!++;
  const lists = Array.from(sizes, (size) => new Int32Array(size));
  const filled = new Int32Array(k);
  labels.forEach((label, index) => {
    if (label >= 0) lists[label]![filled[label]!++] = index;
  });
  return lists;
}
