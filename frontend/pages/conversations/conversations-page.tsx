export function ConversationsPage({ runId }: { readonly runId: string }) {
  return <p>{runId}</p>;
}
