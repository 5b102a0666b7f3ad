import { QueryClientProvider } from "@tanstack/react-query";
import { Component, Suspense, lazy, useEffect, useMemo } from "react";
import type { ComponentType, ReactNode } from "react";
import { Redirect, Route, Router, Switch, useLocation } from "wouter";
import { openClient } from "./api/client.ts";
import { ClientContext, queryClient } from "./api/use-data.ts";
import type { Booted } from "./boot.ts";
import { RunsPage } from "./pages/runs/runs-page.tsx";
import { Shell } from "./shell/shell.tsx";
import { Failure, Empty, Skeleton } from "./ui/states.tsx";
import { INGEST_PATH, PAGE_WORDS, RUNS_PATH, RUN_PAGES, parseRunPath } from "./url/paths.ts";
import type { RunPage } from "./url/paths.ts";

type Page = ComponentType<{ readonly runId: string }>;

/** Each page is a file of its own. */
const LOADERS: Record<RunPage, () => Promise<Page>> = {
  overview: async () => (await import("./pages/overview/overview-page.tsx")).OverviewPage,
  map: async () => (await import("./pages/map/map-page.tsx")).MapPage,
  hierarchy: async () => (await import("./pages/hierarchy/hierarchy-page.tsx")).HierarchyPage,
  conversations: async () => (await import("./pages/conversations/conversations-page.tsx")).ConversationsPage,
  privacy: async () => (await import("./pages/privacy/privacy-page.tsx")).PrivacyPage,
  evaluation: async () => (await import("./pages/evaluation/evaluation-page.tsx")).EvaluationPage,
  artifacts: async () => (await import("./pages/artifacts/artifacts-page.tsx")).ArtifactsPage,
  progress: async () => (await import("./pages/progress/progress-page.tsx")).ProgressPage,
};
const IngestPage = lazy(async () => ({
  default: (await import("./pages/ingest/ingest-page.tsx")).IngestPage,
}));

/** Pages that are here: they are drawn at once, where a lazy one would be held back for a third of a second. */
const loaded = new Map<RunPage, Page>();
async function loadPage(page: RunPage): Promise<Page> {
  const held = loaded.get(page) ?? (await LOADERS[page]());
  loaded.set(page, held);
  return held;
}
const LAZY = new Map(
  RUN_PAGES.map((page) => [page, lazy(async () => ({ default: await loadPage(page) }))] as const),
);

/** Loads the page that an address names, while everything else is still being asked for. */
export async function loadPageOf(path: string): Promise<void> {
  const at = parseRunPath(path);
  // What keeps it from loading is told by the page itself.
  if (at !== null) await loadPage(at.page).catch(() => {});
}

/** Loads the other pages once there is nothing else to do, so that going there takes no time. */
function useOtherPages(active: boolean): void {
  useEffect(() => {
    if (!active) return;
    const idle = requestIdleCallback(() => {
      void Promise.all(RUN_PAGES.map((page) => loadPage(page).catch(() => null)));
    });
    return () => cancelIdleCallback(idle);
  }, [active]);
}

/** A page that fails leaves the shell standing. */
class Guard extends Component<
  { readonly children: ReactNode; readonly place: string },
  { error: unknown; place: string }
> {
  override state: { error: unknown; place: string } = { error: null, place: this.props.place };
  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }
  static getDerivedStateFromProps(
    { place }: { place: string },
    state: { error: unknown; place: string },
  ): { error: unknown; place: string } | null {
    return place === state.place ? null : { error: null, place };
  }
  override render(): ReactNode {
    return this.state.error === null ? (
      this.props.children
    ) : (
      <Failure error={this.state.error} retry={() => location.reload()} />
    );
  }
}

function RunRoute() {
  const [path] = useLocation();
  const at = parseRunPath(path);
  if (at === null) return <NotFound />;
  const Page = loaded.get(at.page) ?? LAZY.get(at.page)!;
  // eslint-disable-next-line react/static-components -- taken from a table, where each was made once
  return <Page key={at.runId} runId={at.runId} />;
}

function NotFound() {
  return <Empty title="There is no such page">Choose one at the left, or search with /.</Empty>;
}

function titleOf(path: string): string {
  const at = parseRunPath(path);
  if (at !== null) return `${PAGE_WORDS[at.page]} · ${at.runId} · ant-clio`;
  return path === INGEST_PATH ? "New run · ant-clio" : "Runs · ant-clio";
}

function Pages() {
  const [path] = useLocation();
  useEffect(() => {
    document.title = titleOf(path);
  }, [path]);
  useOtherPages(parseRunPath(path) !== null);
  return (
    <Shell>
      <Guard place={path}>
        <Suspense fallback={<Skeleton lines={8} />}>
          <Switch>
            <Route path="/">
              <Redirect to={RUNS_PATH} replace />
            </Route>
            <Route path={RUNS_PATH} component={RunsPage} />
            <Route path={INGEST_PATH} component={IngestPage} />
            <Route path="/runs/*" component={RunRoute} />
            <Route component={NotFound} />
          </Switch>
        </Suspense>
      </Guard>
    </Shell>
  );
}

export function App({ booted }: { readonly booted: Booted }) {
  const client = useMemo(() => openClient(booted), [booted]);
  const queries = useMemo(() => queryClient(), []);
  return (
    <Guard place="app">
      <ClientContext value={client}>
        <QueryClientProvider client={queries}>
          <Router base={booted.config.base_path.replace(/\/$/, "")}>
            <Pages />
          </Router>
        </QueryClientProvider>
      </ClientContext>
    </Guard>
  );
}
