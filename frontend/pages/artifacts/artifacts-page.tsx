export function ArtifactsPage({ runId }: { readonly runId: string }) {
  return <p>{runId}</p>;
}
