export function ProgressPage({ runId }: { readonly runId: string }) {
  return <p>{runId}</p>;
}
