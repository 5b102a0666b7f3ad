import { QueryClientProvider } from "@tanstack/react-query";
import { Component, Suspense, lazy, use, useEffect, useMemo } from "react";
import type { ComponentType, ReactNode } from "react";
import { Redirect, Route, Router, Switch, useLocation } from "wouter";
import { openClient } from "./api/client.ts";
import { ClientContext, queryClient } from "./api/use-data.ts";
import type { Booted } from "./boot.ts";
import { RunsPage } from "./pages/runs/runs-page.tsx";
import { Shell } from "./shell/shell.tsx";
import { Failure, Empty, Skeleton } from "./ui/states.tsx";
import { INGEST_PATH, PAGE_WORDS, RUNS_PATH, parseRunPath } from "./url/paths.ts";
import type { RunPage } from "./url/paths.ts";

type Page = ComponentType<{ readonly runId: string }>;

const IngestPage = lazy(async () => ({
  default: (await import("./pages/ingest/ingest-page.tsx")).IngestPage,
}));
const PAGES: Record<RunPage, Page> = {
  overview: lazy(async () => ({
    default: (await import("./pages/overview/overview-page.tsx")).OverviewPage,
  })),
  map: lazy(async () => ({ default: (await import("./pages/map/map-page.tsx")).MapPage })),
  hierarchy: lazy(async () => ({
    default: (await import("./pages/hierarchy/hierarchy-page.tsx")).HierarchyPage,
  })),
  conversations: lazy(async () => ({
    default: (await import("./pages/conversations/conversations-page.tsx")).ConversationsPage,
  })),
  privacy: lazy(async () => ({ default: (await import("./pages/privacy/privacy-page.tsx")).PrivacyPage })),
  evaluation: lazy(async () => ({
    default: (await import("./pages/evaluation/evaluation-page.tsx")).EvaluationPage,
  })),
  artifacts: lazy(async () => ({
    default: (await import("./pages/artifacts/artifacts-page.tsx")).ArtifactsPage,
  })),
  progress: lazy(async () => ({
    default: (await import("./pages/progress/progress-page.tsx")).ProgressPage,
  })),
};

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
  const Page = PAGES[at.page];
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

function Ready({ booted }: { readonly booted: Promise<Booted> }) {
  const ready = use(booted);
  const client = useMemo(() => openClient(ready), [ready]);
  const queries = useMemo(() => queryClient(), []);
  return (
    <ClientContext value={client}>
      <QueryClientProvider client={queries}>
        <Router base={ready.config.base_path.replace(/\/$/, "")}>
          <Pages />
        </Router>
      </QueryClientProvider>
    </ClientContext>
  );
}

export function App({ booted }: { readonly booted: Promise<Booted> }) {
  return (
    <Guard place="boot">
      <Suspense fallback={null}>
        <Ready booted={booted} />
      </Suspense>
    </Guard>
  );
}
