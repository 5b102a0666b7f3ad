import { Suspense, lazy, useState } from "react";
import type { ReactNode } from "react";
import { useLocation, useSearch } from "wouter";
import { useCapabilities } from "../api/use-data.ts";
import { NO_FILTER } from "../../shared/domain/published/filter.ts";
import { INGEST_PATH, RUNS_PATH, parseRunPath, runPath, sharedSearch } from "../url/paths.ts";
import type { RunPage } from "../url/paths.ts";
import { useView } from "../url/use-view.ts";
import { Nav } from "./nav.tsx";
import { useShortcuts } from "./shortcuts.ts";
import { nextTheme } from "./theme.ts";
import { TopBar } from "./top-bar.tsx";

const Help = lazy(async () => ({ default: (await import("./help.tsx")).Help }));
const Search = lazy(async () => ({ default: (await import("./search.tsx")).Search }));

const GO: Readonly<Record<string, RunPage>> = {
  "g o": "overview",
  "g m": "map",
  "g h": "hierarchy",
  "g c": "conversations",
  "g p": "privacy",
  "g e": "evaluation",
  "g a": "artifacts",
  "g l": "progress",
};

/** What surrounds every page: rail, bar, search, help, keys. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const [path, navigate] = useLocation();
  const search = useSearch();
  const { view, change } = useView();
  const { data: capabilities } = useCapabilities();
  const [searching, setSearching] = useState(false);
  const [helping, setHelping] = useState(false);
  const [said, setSaid] = useState("");
  const at = parseRunPath(path);

  const openSearch = (event: KeyboardEvent): void => {
    event.preventDefault();
    setSearching(true);
  };
  const go = Object.fromEntries(
    Object.entries(GO).map(([keys, page]) => [
      keys,
      () => {
        if (at !== null) navigate(runPath(at.runId, page, sharedSearch(search)));
      },
    ]),
  );
  useShortcuts({
    ...go,
    "g r": () => navigate(RUNS_PATH),
    "g n": () => {
      if (capabilities?.launch === true) navigate(INGEST_PATH);
    },
    "/": openSearch,
    "Ctrl K": openSearch,
    "?": () => setHelping(true),
    t: nextTheme,
    y: () => {
      void navigator.clipboard.writeText(location.href).then(
        () => setSaid("The address of this view was copied."),
        () => setSaid("The browser does not let this page copy."),
      );
    },
    Escape: () => {
      // Open dialogs close by themselves and mark the event as handled.
      if (view.selection !== null) change({ selection: null });
      else if (view.filter.conditions.length > 0 || view.filter.within !== null)
        change({ filter: NO_FILTER });
    },
  });

  return (
    <div className="rail:flex">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded focus:bg-panel focus:px-3 focus:py-2"
      >
        To the content
      </a>
      <Nav />
      <div className="flex min-w-0 grow flex-col max-rail:pb-16">
        <TopBar onSearch={() => setSearching(true)} onHelp={() => setHelping(true)} />
        <main id="content" tabIndex={-1} className="min-w-0 grow px-4 py-4 outline-none rail:px-6 rail:py-5">
          {children}
        </main>
      </div>
      <Suspense fallback={null}>
        {searching && <Search open onOpenChange={setSearching} />}
        {helping && <Help open onOpenChange={setHelping} />}
      </Suspense>
      <p role="status" className="sr-only">
        {said}
      </p>
    </div>
  );
}
