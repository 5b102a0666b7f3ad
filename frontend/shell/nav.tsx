import { Link, useLocation, useSearch } from "wouter";
import { useCapabilities } from "../api/use-data.ts";
import { Icon } from "../ui/icon.tsx";
import type { IconName } from "../ui/icon.tsx";
import {
  INGEST_PATH,
  PAGE_WORDS,
  RUNS_PATH,
  RUN_PAGES,
  parseRunPath,
  runPath,
  sharedSearch,
} from "../url/paths.ts";

/** Beside `index.html`, wherever that is. */
const ICON = import.meta.env.DEV
  ? "/icon.svg"
  : new URL(/* @vite-ignore */ "../icon.svg", import.meta.url).href;

function Entry({
  to,
  icon,
  words,
  active,
}: {
  readonly to: string;
  readonly icon: IconName;
  readonly words: string;
  readonly active: boolean;
}) {
  return (
    <li>
      <Link
        href={to}
        aria-current={active ? "page" : undefined}
        className={`flex items-center gap-2.5 rounded-md px-2.5 py-1.5 max-rail:flex-col max-rail:gap-0.5 max-rail:px-2 max-rail:text-[0.72rem] ${
          active
            ? "bg-accent-wash font-semibold text-accent-strong"
            : "text-soft hover:bg-sunken hover:text-ink"
        }`}
      >
        <Icon name={icon} />
        <span className="max-rail:whitespace-nowrap">{words}</span>
      </Link>
    </li>
  );
}

/** The rail: at the left where there is room, else along the bottom, scrolled sideways. */
export function Nav() {
  const [path] = useLocation();
  const search = useSearch();
  const { data: capabilities } = useCapabilities();
  const at = parseRunPath(path);
  const shared = sharedSearch(search);
  return (
    <nav
      aria-label="Pages"
      className="shrink-0 border-line bg-panel rail:sticky rail:top-0 rail:h-dvh rail:w-56 rail:border-r rail:p-3 max-rail:fixed max-rail:inset-x-0 max-rail:bottom-0 max-rail:z-30 max-rail:overflow-x-auto max-rail:border-t max-rail:px-2 max-rail:py-1"
    >
      <Link
        href={RUNS_PATH}
        className="mb-4 flex items-center gap-2.5 px-2 pt-1 text-[1.1rem] font-bold tracking-tight max-rail:hidden"
      >
        <img src={ICON} alt="" className="size-7" />
        ant-clio
      </Link>
      <ul className="flex gap-0.5 rail:flex-col">
        <Entry to={RUNS_PATH} icon="runs" words="Runs" active={path === RUNS_PATH || path === "/"} />
        {capabilities?.launch === true && (
          <Entry to={INGEST_PATH} icon="add" words="New run" active={path === INGEST_PATH} />
        )}
        {at !== null && (
          <>
            <li
              aria-hidden="true"
              className="mx-2 my-2 border-t border-line max-rail:mx-1 max-rail:my-0 max-rail:border-t-0 max-rail:border-l"
            />
            {RUN_PAGES.map((page) => (
              <Entry
                key={page}
                to={runPath(at.runId, page, shared)}
                icon={page}
                words={PAGE_WORDS[page]}
                active={at.page === page}
              />
            ))}
          </>
        )}
      </ul>
    </nav>
  );
}
