/** Every page of the site, as a path; those of a run with its id. */
export function pagePaths(runId: string): Readonly<Record<string, string>> {
  const ofRun = [
    "overview",
    "map",
    "hierarchy",
    "conversations",
    "privacy",
    "evaluation",
    "artifacts",
    "progress",
  ];
  return {
    runs: "/runs",
    ingest: "/ingest",
    ...Object.fromEntries(ofRun.map((page) => [page, `/runs/${runId}/${page}`])),
  };
}
