import type { Node } from "../../shared/domain/published/cluster-tree.ts";
import { NodeName } from "../ui/withheld.tsx";
import { useView } from "../url/use-view.ts";

/** A group's name; choosing it selects the group, on the page that is open. */
export function NodeLink({ node }: { readonly node: Node }) {
  const { change } = useView();
  return (
    <button
      type="button"
      onClick={() => change({ selection: { kind: "cluster", id: node.cluster.id } })}
      className="min-h-6 rounded text-left text-accent-strong underline-offset-2 hover:underline"
    >
      <NodeName node={node} lines={1} />
    </button>
  );
}
