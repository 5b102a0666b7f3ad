import { useLocation, useSearch } from "wouter";
import {
  useCapabilities,
  useClient,
  useFreshGeneration,
  useGeneration,
  useRun,
  useRuns,
} from "../api/use-data.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { StatusBadge } from "../ui/status.tsx";
import { parseRunPath, runPath } from "../url/paths.ts";
import type { RunPage } from "../url/paths.ts";
import { useView } from "../url/use-view.ts";
import { Chips } from "./chips.tsx";
import { nextTheme, useThemeChoice } from "./theme.ts";

const THEME_WORDS = { system: "as the system", light: "light", dark: "dark" } as const;

function RunSwitcher({ runId, page }: { readonly runId: string; readonly page: RunPage }) {
  const [, navigate] = useLocation();
  const { data: run } = useRun(runId);
  useFreshGeneration(run);
  const { data: runs } = useRuns();
  const known = runs?.pages.flatMap(({ runs: each }) => each.map(({ run_id: id }) => id)) ?? [];
  const choices = known.includes(runId) ? known : [runId, ...known];
  return (
    <div className="flex min-w-0 items-center gap-2">
      <select
        aria-label="Run"
        value={runId}
        onChange={({ target }) => navigate(runPath(target.value, page))}
        className="min-h-9 max-w-64 min-w-0 truncate rounded-md border border-transparent bg-transparent px-1 font-semibold hover:border-edge"
      >
        {choices.map((id) => (
          <option key={id}>{id}</option>
        ))}
      </select>
      {run !== undefined && (
        <StatusBadge status={run.status} abandoned={run.status === "running" && run.owner?.alive === false} />
      )}
    </div>
  );
}

function Chosen({ runId }: { readonly runId: string }) {
  const { data: generation } = useGeneration(runId);
  const { dropped } = useView();
  return (
    <>
      <Chips tree={generation?.tree ?? null} />
      {dropped.length > 0 && (
        <p role="status" className="text-[0.85rem] text-warn">
          Parts of the address made no sense and were left out: {dropped.join(", ")}.
        </p>
      )}
      {generation?.index.users === "per-conversation" && (
        <Badge
          tone="warn"
          icon="warn"
          title="The input names no users, so minimums count conversations alone."
        >
          Each conversation counts as one user
        </Badge>
      )}
    </>
  );
}

export function TopBar({ onSearch, onHelp }: { readonly onSearch: () => void; readonly onHelp: () => void }) {
  const [path] = useLocation();
  useSearch();
  const at = parseRunPath(path);
  const { data: capabilities } = useCapabilities();
  const theme = useThemeChoice();
  const { signOut } = useClient();
  return (
    <div
      role="banner"
      className="sticky top-0 z-20 flex flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line bg-ground/95 px-4 py-2 rail:px-6"
    >
      {at !== null && <RunSwitcher runId={at.runId} page={at.page} />}
      {at !== null && <Chosen runId={at.runId} />}
      <div className="ml-auto flex items-center gap-1">
        {capabilities?.tier === "trusted" && (
          <Badge tone="warn" icon="lock" title="Raw conversations can be shown here; each time is recorded.">
            Trusted
          </Badge>
        )}
        <Button kind="quiet" onClick={onSearch} aria-keyshortcuts="/ Control+K">
          <Icon name="search" />
          <span className="max-rail:sr-only">Search</span>
          <kbd className="rounded border border-line px-1 font-mono text-[0.75rem] text-faint max-rail:hidden">
            /
          </kbd>
        </Button>
        <Button
          kind="quiet"
          aria-label={`Theme: ${THEME_WORDS[theme]}`}
          title={`Theme: ${THEME_WORDS[theme]}. Press for the next one.`}
          onClick={nextTheme}
        >
          <Icon name="theme" />
        </Button>
        <Button kind="quiet" aria-label="Keys and help" title="Keys and help" onClick={onHelp}>
          <Icon name="help" />
        </Button>
        {signOut !== null && (
          <Button kind="quiet" onClick={signOut}>
            Sign out
          </Button>
        )}
      </div>
    </div>
  );
}
