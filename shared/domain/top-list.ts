/** The `size` items with the highest scores among all that were offered; ties keep the one offered first. */
export class TopList {
  private readonly size: number;
  private readonly items: { item: number; score: number }[] = [];

  constructor(size: number) {
    this.size = size;
  }

  offer(item: number, score: number): void {
    if (this.size === 0) return;
    const { items } = this;
    if (items.length === this.size && score <= items[items.length - 1]!.score) return;
    let at = items.length;
    while (at > 0 && items[at - 1]!.score < score) at--;
    items.splice(at, 0, { item, score });
    if (items.length > this.size) items.pop();
  }

  /** Best first. */
  list(): number[] {
    return this.items.map(({ item }) => item);
  }
}
