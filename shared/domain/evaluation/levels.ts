import type { Cluster } from "../../contracts/clusters.ts";

type Node = Pick<Cluster, "id" | "parent_id" | "level">;

/** The id of the node that stands for each base cluster when the tree is cut at `level`: its highest ancestor not above. */
export function levelAncestors(nodes: readonly Node[], level: number): Map<string, string> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const standsFor = (base: Node): Node => {
    let at = base;
    for (let up = byId.get(at.parent_id ?? ""); up !== undefined && up.level <= level;) {
      at = up;
      up = byId.get(at.parent_id ?? "");
    }
    return at;
  };
  return new Map(nodes.filter((node) => node.level === 0).map((base) => [base.id, standsFor(base).id]));
}

/** The level at which a cut leaves the number of nodes nearest to `wanted`; the lower one on a tie. */
export function levelNearest(nodes: readonly Node[], wanted: number): number {
  const levels = [...new Set(nodes.map(({ level }) => level))].sort((a, b) => a - b);
  const off = (level: number): number =>
    Math.abs(new Set(levelAncestors(nodes, level).values()).size - wanted);
  return levels.reduce((best, level) => (off(level) < off(best) ? level : best), 0);
}
