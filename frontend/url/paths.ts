import { readable, writeSelection } from "./view.ts";

/** Pages of a run, in the order of the rail. */
export const RUN_PAGES = [
  "overview",
  "map",
  "hierarchy",
  "conversations",
  "privacy",
  "evaluation",
  "artifacts",
  "progress",
] as const;
export type RunPage = (typeof RUN_PAGES)[number];

export const PAGE_WORDS: Record<RunPage, string> = {
  overview: "Overview",
  map: "Map",
  hierarchy: "Hierarchy",
  conversations: "Conversations",
  privacy: "Privacy",
  evaluation: "Evaluation",
  artifacts: "Artifacts",
  progress: "Progress & Logs",
};

export const RUNS_PATH = "/runs";
export const INGEST_PATH = "/ingest";

/** A run's page; `search` carries filter and selection from page to page. */
export function runPath(runId: string, page: RunPage = "overview", search = ""): string {
  const query = search.replace(/^\?/, "");
  return `${RUNS_PATH}/${encodeURIComponent(runId)}/${page}${query === "" ? "" : `?${query}`}`;
}

/** The run and page of a path, or null. */
export function parseRunPath(path: string): { readonly runId: string; readonly page: RunPage } | null {
  const [, runId, name] = /^\/runs\/([^/]+)(?:\/([a-z]+))?\/?$/.exec(path) ?? [];
  if (runId === undefined) return null;
  const page = name === undefined ? "overview" : RUN_PAGES.find((each) => each === name);
  try {
    return page === undefined ? null : { runId: decodeURIComponent(runId), page };
  } catch {
    return null;
  }
}

/** What of an address other pages of the same run share: filter, selection, colour. */
const SHARED = ["f", "in", "sel", "color"];
export function sharedSearch(search: string): string {
  const given = new URLSearchParams(search);
  for (const name of Array.from(given.keys())) if (!SHARED.includes(name)) given.delete(name);
  return readable(given);
}

/** A page of a run with a group selected; `search` as for `runPath`. */
export function groupPath(runId: string, page: RunPage, id: string, search = ""): string {
  const query = new URLSearchParams(sharedSearch(search));
  query.set("sel", writeSelection({ kind: "cluster", id }));
  return runPath(runId, page, readable(query));
}
