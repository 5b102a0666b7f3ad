/** What `each` makes of the items, in their order, with at most `atOnce` of them under way. */
export async function* mapInOrder<T, R>(
  items: AsyncIterable<T> | Iterable<T>,
  atOnce: number,
  each: (item: T) => Promise<R>,
): AsyncGenerator<R, void, undefined> {
  const underWay: Promise<R>[] = [];
  for await (const item of items) {
    const done = each(item);
    // Heard of when its turn comes; when an earlier one fails, it never does.
    done.catch(() => {});
    underWay.push(done);
    if (underWay.length >= atOnce) yield await underWay.shift()!;
  }
  for (const done of underWay) yield await done;
}
