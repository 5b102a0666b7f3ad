export function HierarchyPage({ runId }: { readonly runId: string }) {
  return <p>{runId}</p>;
}
