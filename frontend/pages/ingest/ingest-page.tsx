export function IngestPage() {
  return <p>ingest</p>;
}
