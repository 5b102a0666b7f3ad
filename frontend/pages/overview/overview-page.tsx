export function OverviewPage({ runId }: { readonly runId: string }) {
  return <p>{runId}</p>;
}
