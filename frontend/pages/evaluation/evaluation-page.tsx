export function EvaluationPage({ runId }: { readonly runId: string }) {
  return <p>{runId}</p>;
}
