import {
  QueryClient,
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import type { UseQueryResult } from "@tanstack/react-query";
import { createContext, useContext, useEffect, useMemo } from "react";
import type { Capabilities, RunDetail, RunNumbers, RunPageAnswer } from "../../shared/contracts/api.ts";
import {
  publishedBreakdowns,
  publishedClusters,
  publishedCrosstabs,
  publishedIndex,
  publishedLatest,
  publishedMap,
  publishedPrivacy,
} from "../../shared/contracts/published.ts";
import type {
  PublishedBreakdowns,
  PublishedCrosstabs,
  PublishedIndex,
  PublishedMap,
  PublishedPrivacy,
} from "../../shared/contracts/published.ts";
import { publishedKey, publishedLatestKey } from "../../shared/keys.ts";
import { clusterTree } from "../../shared/domain/published/cluster-tree.ts";
import type { ClusterTree } from "../../shared/domain/published/cluster-tree.ts";
import type { Client } from "./client.ts";
import { RequestError } from "./problem.ts";

export const ClientContext = createContext<Client | null>(null);

export function useClient(): Client {
  const client = useContext(ClientContext);
  if (client === null) throw new Error("outside of the app");
  return client;
}

/** Milliseconds for which what was read is not read again. */
const STALE_MS = 30_000;

/** What another try will not mend. */
const FINAL = new Set(["not_found", "forbidden", "unauthorised", "unreadable", "bad_request", "conflict"]);

export function queryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: STALE_MS,
        retry: (failures, error) => failures < 2 && !(error instanceof RequestError && FINAL.has(error.code)),
      },
    },
  });
}

export function useCapabilities(): UseQueryResult<Capabilities> {
  const client = useClient();
  return useQuery({
    queryKey: ["capabilities"],
    queryFn: ({ signal }) => client.call("capabilities", {}, signal),
    staleTime: Infinity,
  });
}

const isActive = (status: string): boolean => status === "running" || status === "pending";

/** Milliseconds between looks at runs under way, where a deployment does not say. */
const LIVE_MS = 2_000;
const liveMs = (capabilities: Capabilities | undefined): number =>
  capabilities?.live_seconds === null || capabilities === undefined
    ? LIVE_MS
    : capabilities.live_seconds * 1000;

/** A list is looked at more slowly than what somebody watches. */
const LIST_SLOWER = 3;

export function useRuns() {
  const client = useClient();
  const { data: capabilities } = useCapabilities();
  return useInfiniteQuery({
    queryKey: ["runs"],
    queryFn: ({ pageParam, signal }): Promise<RunPageAnswer> =>
      client.call("listRuns", { query: pageParam === null ? {} : { cursor: pageParam } }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ cursor }) => cursor,
    refetchInterval: ({ state }) => {
      const active =
        state.data?.pages.some(({ runs }) => runs.some(({ status }) => isActive(status))) ?? false;
      const always = capabilities !== undefined && capabilities.live_seconds !== null;
      return active || always ? liveMs(capabilities) * LIST_SLOWER : false;
    },
  });
}

export function useRun(runId: string): UseQueryResult<RunDetail> {
  const client = useClient();
  const { data: capabilities } = useCapabilities();
  return useQuery({
    queryKey: ["run", runId],
    queryFn: ({ signal }) => client.call("getRun", { params: { runId } }, signal),
    refetchInterval: ({ state }) =>
      state.data !== undefined && isActive(state.data.status) ? liveMs(capabilities) : false,
    placeholderData: keepPreviousData,
  });
}

export function useRunNumbers(runId: string): UseQueryResult<RunNumbers> {
  const client = useClient();
  return useQuery({
    queryKey: ["run", runId, "numbers"],
    queryFn: ({ signal }) => client.call("runNumbers", { params: { runId } }, signal),
  });
}

/** What a run published, as far as every page needs it; null: it published nothing. */
export interface Generation {
  readonly runId: string;
  readonly generation: string;
  readonly publishedAt: string;
  readonly index: PublishedIndex;
  readonly tree: ClusterTree;
}

export function useGeneration(runId: string): UseQueryResult<Generation | null> {
  const client = useClient();
  return useQuery({
    queryKey: ["published", runId],
    queryFn: async ({ signal }) => {
      const latest = await client.published(publishedLatestKey(runId), publishedLatest, signal);
      if (latest === null) return null;
      const { generation, published_at: publishedAt } = latest;
      const [index, clusters] = await Promise.all([
        client.published(publishedKey(runId, generation, "index.json"), publishedIndex, signal),
        client.published(publishedKey(runId, generation, "clusters.json"), publishedClusters, signal),
      ]);
      if (index === null || clusters === null)
        throw new RequestError("What was published changed while it was read.", { code: "not_found" });
      return { runId, generation, publishedAt, index, tree: clusterTree(clusters.clusters) };
    },
    // A run that has published nothing yet may have by the next page.
    staleTime: ({ state }) => (state.data === null ? 0 : STALE_MS),
  });
}

/** Reads what is published anew once a run's record says that there is something else. */
export function useFreshGeneration(run: RunDetail | undefined): void {
  const queries = useQueryClient();
  const runId = run?.run_id;
  const generation = run?.published?.generation;
  useEffect(() => {
    if (runId === undefined || generation === undefined) return;
    const held = queries.getQueryData<Generation | null>(["published", runId]);
    if (held !== undefined && held?.generation !== generation)
      void queries.invalidateQueries({ queryKey: ["published", runId], exact: true });
  }, [queries, runId, generation]);
}

const FILES = {
  breakdowns: ["breakdowns.json", publishedBreakdowns],
  crosstabs: ["crosstabs.json", publishedCrosstabs],
  map: ["map.json", publishedMap],
  privacy: ["privacy.json", publishedPrivacy],
} as const;
interface Files {
  breakdowns: PublishedBreakdowns;
  crosstabs: PublishedCrosstabs;
  map: PublishedMap;
  privacy: PublishedPrivacy;
}

/** A further file of a generation, read when a page needs it. A generation never changes. */
export function usePublished<F extends keyof Files>(
  file: F,
  generation: Generation | null | undefined,
  wanted = true,
): UseQueryResult<Files[F]> {
  const client = useClient();
  const [name, schema] = FILES[file];
  return useQuery({
    queryKey: ["published", generation?.runId, generation?.generation, name],
    queryFn: async ({ signal }): Promise<Files[F]> => {
      if (generation === null || generation === undefined) throw new Error("no generation");
      const { runId, generation: id } = generation;
      const read = await client.published(publishedKey(runId, id, name), schema, signal);
      if (read === null) throw new RequestError(`${name} is not there.`, { code: "not_found" });
      return read as Files[F];
    },
    enabled: wanted && generation !== null && generation !== undefined,
    staleTime: Infinity,
  });
}

/** Breakdown cells by cluster. */
export function useCells(
  breakdowns: PublishedBreakdowns | undefined,
): ReadonlyMap<string, PublishedBreakdowns["clusters"][number]["cells"]> {
  return useMemo(
    () => new Map((breakdowns?.clusters ?? []).map(({ cluster_id: id, cells }) => [id, cells])),
    [breakdowns],
  );
}
