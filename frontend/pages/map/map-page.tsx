export function MapPage({ runId }: { readonly runId: string }) {
  return <p>{runId}</p>;
}
