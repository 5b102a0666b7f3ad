export function PrivacyPage({ runId }: { readonly runId: string }) {
  return <p>{runId}</p>;
}
