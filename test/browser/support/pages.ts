import { INGEST_PATH, RUNS_PATH, RUN_PAGES, runPath } from "../../../frontend/url/paths.ts";

/** Every page of the site, as a path; those of a run with its id. */
export function pagePaths(runId: string): Readonly<Record<string, string>> {
  return {
    runs: RUNS_PATH,
    ingest: INGEST_PATH,
    ...Object.fromEntries(RUN_PAGES.map((page) => [page, runPath(runId, page)])),
  };
}
