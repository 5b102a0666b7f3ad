import { useDeferredValue, useEffect, useId, useState } from "react";
import type { KeyboardEvent } from "react";
import { useLocation, useSearch } from "wouter";
import { useCapabilities, useGeneration, useRuns } from "../api/use-data.ts";
import { pathOf, shownName } from "../../shared/domain/published/cluster-tree.ts";
import type { ClusterTree } from "../../shared/domain/published/cluster-tree.ts";
import { count } from "../model/numbers.ts";
import { Dialog } from "../ui/dialog.tsx";
import { controlStyle } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import type { IconName } from "../ui/icon.tsx";
import {
  INGEST_PATH,
  PAGE_WORDS,
  RUNS_PATH,
  RUN_PAGES,
  groupPath,
  parseRunPath,
  runPath,
  sharedSearch,
} from "../url/paths.ts";
import { useView } from "../url/use-view.ts";
import { searchClusters } from "../worker/client.ts";

interface Hit {
  readonly key: string;
  readonly icon: IconName;
  readonly words: string;
  readonly note: string;
  readonly act: () => void;
}

const MOST = 12;
const NONE: readonly string[] = [];

const matches = (text: string, query: string): boolean =>
  query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.toLowerCase().includes(word));

/** Ids of clusters that fit the words, best first; found by the worker. */
function useFoundClusters(tree: ClusterTree | null, query: string): readonly string[] {
  const [found, setFound] = useState<readonly string[]>([]);
  const nothing = tree === null || query.trim() === "";
  useEffect(() => {
    if (tree === null || nothing) return;
    let current = true;
    void searchClusters(tree, query).then((ids) => {
      if (current) setFound(ids);
    });
    return () => {
      current = false;
    };
  }, [tree, query, nothing]);
  return nothing ? NONE : found;
}

/** One box for everything that can be gone to: groups, pages, runs. */
export function Search({
  open,
  onOpenChange,
}: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Search" wide>
      <SearchBox onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function SearchBox({ onDone }: { readonly onDone: () => void }) {
  const [path, navigate] = useLocation();
  const search = useSearch();
  const at = parseRunPath(path);
  const { change } = useView();
  const { data: capabilities } = useCapabilities();
  const { data: runs } = useRuns();
  const { data: generation } = useGeneration(at?.runId ?? "");
  const tree = at === null ? null : (generation?.tree ?? null);
  const [typed, setTyped] = useState("");
  const query = useDeferredValue(typed);
  const found = useFoundClusters(tree, query);
  const [chosen, setChosen] = useState(0);
  const listId = useId();

  const hits = ((): readonly Hit[] => {
    const shared = sharedSearch(search);
    const clusters = found.slice(0, MOST).flatMap((id): Hit[] => {
      const node = tree?.byId.get(id);
      if (node === undefined || at === null) return [];
      const above = pathOf(node).slice(0, -1).map(shownName).join(" › ");
      return [
        {
          key: id,
          icon: node.children.length === 0 ? "map" : "hierarchy",
          words: shownName(node),
          note: `${count(node.cluster.conversations)} conversations${above === "" ? "" : ` · ${above}`}`,
          act: () => {
            if (at.page === "map" || at.page === "hierarchy") change({ selection: { kind: "cluster", id } });
            else navigate(groupPath(at.runId, "hierarchy", id, search));
          },
        },
      ];
    });
    const pages = [
      ...(at === null
        ? []
        : RUN_PAGES.map((page): Hit => ({
            key: page,
            icon: page,
            words: PAGE_WORDS[page],
            note: `Page of ${at.runId}`,
            act: () => navigate(runPath(at.runId, page, shared)),
          }))),
      { key: "runs", icon: "runs", words: "Runs", note: "Page", act: () => navigate(RUNS_PATH) } as const,
      ...(capabilities?.launch === true
        ? [
            {
              key: "ingest",
              icon: "add",
              words: "New run",
              note: "Page",
              act: () => navigate(INGEST_PATH),
            } as const,
          ]
        : []),
    ].filter(({ words }) => typed.trim() === "" || matches(words, typed));
    const others = (runs?.pages.flatMap(({ runs: each }) => each) ?? [])
      .filter(({ run_id: id, dataset }) => matches(`${id} ${dataset?.name ?? ""}`, typed))
      .slice(0, 6)
      .map(({ run_id: id, status, dataset }): Hit => ({
        key: `run ${id}`,
        icon: "runs",
        words: id,
        note: `Run, ${status.replaceAll("_", " ")}${dataset === null ? "" : ` · ${dataset.name}`}`,
        act: () => navigate(runPath(id)),
      }));
    // A page whose name is being typed is meant; groups are found a moment later.
    const begins = ({ words }: Hit): boolean =>
      typed.trim() !== "" && words.toLowerCase().startsWith(typed.trim().toLowerCase());
    return [
      ...pages.filter(begins),
      ...(query === typed ? clusters : []),
      ...pages.filter((page) => !begins(page)),
      ...(typed.trim() === "" ? others.slice(0, 4) : others),
    ];
  })();

  const shown = Math.min(chosen, Math.max(0, hits.length - 1));
  const take = (hit: Hit | undefined): void => {
    if (hit === undefined) return;
    onDone();
    hit.act();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && hits.length > 0) {
      event.preventDefault();
      setChosen((shown + step + hits.length) % hits.length);
    }
    if (event.key === "Enter") take(hits[shown]);
  };

  return (
    <div onKeyDown={onKeyDown}>
      <input
        data-autofocus
        type="search"
        role="combobox"
        aria-expanded={hits.length > 0}
        aria-controls={listId}
        aria-activedescendant={hits.length > 0 ? `${listId}-${shown}` : undefined}
        aria-label="Search groups, pages and runs"
        placeholder={tree === null ? "Pages and runs" : "Groups by name or description, pages, runs"}
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value);
          setChosen(0);
        }}
        className={`${controlStyle} w-full`}
      />
      <ul id={listId} role="listbox" aria-label="Found" className="mt-3 max-h-[55dvh] overflow-auto">
        {hits.map((hit, i) => (
          <li
            key={hit.key}
            id={`${listId}-${i}`}
            role="option"
            aria-selected={i === shown}
            onMouseEnter={() => setChosen(i)}
            onClick={() => take(hit)}
            ref={i === shown ? (item) => item?.scrollIntoView({ block: "nearest" }) : null}
            className={`flex cursor-pointer items-start gap-2.5 rounded-md px-2.5 py-1.5 ${i === shown ? "bg-accent-wash" : ""}`}
          >
            <Icon name={hit.icon} className="mt-1 text-faint" />
            <span className="min-w-0">
              <span className="foreign block">{hit.words}</span>
              <span className="foreign block truncate text-[0.85rem] text-faint">{hit.note}</span>
            </span>
          </li>
        ))}
      </ul>
      {hits.length === 0 && <p className="py-4 text-center text-soft">Nothing of that name.</p>}
    </div>
  );
}
