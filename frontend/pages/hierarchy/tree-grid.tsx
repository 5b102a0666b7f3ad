import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState } from "react";
import type { KeyboardEvent } from "react";
import { shownName } from "../../../shared/domain/published/cluster-tree.ts";
import type { Node } from "../../../shared/domain/published/cluster-tree.ts";
import type { Counts } from "../../filter/use-counts.ts";
import { count, intervalWords, percent } from "../../model/numbers.ts";
import { Icon } from "../../ui/icon.tsx";
import { ShareBar } from "../../ui/share.tsx";
import { NodeName } from "../../ui/withheld.tsx";
import type { Sort } from "../../url/view.ts";
import { groupsBelow, typeAhead } from "./rows.ts";
import type { TreeRow } from "./rows.ts";
import { Sparkline } from "./sparkline.tsx";

export interface Column {
  readonly key: string;
  readonly title: string;
  /** Tailwind classes that hide it where there is no room. */
  readonly hide?: string;
  readonly right?: boolean;
}

export const COLUMNS: readonly Column[] = [
  { key: "name", title: "Group" },
  { key: "count", title: "Conversations", right: true },
  { key: "share", title: "Share", hide: "max-rail:hidden", right: true },
  { key: "measure", title: "Colour", hide: "max-xl:hidden", right: true },
  { key: "growth", title: "Weeks", hide: "max-2xl:hidden" },
  { key: "groups", title: "Groups", hide: "max-rail:hidden", right: true },
];

const GRID =
  "grid grid-cols-[minmax(0,1fr)_7rem] rail:grid-cols-[minmax(0,1fr)_8.5rem_9.5rem_4rem] xl:grid-cols-[minmax(0,1fr)_8.5rem_9.5rem_7rem_4rem] 2xl:grid-cols-[minmax(0,1fr)_9rem_10rem_7.5rem_5.5rem_4rem] items-center gap-x-3 px-3";

const ROW_HEIGHT = 40;
const INDENT = 18;
/** Letters typed within this are one word. */
const TYPING_MS = 700;

export interface TreeGridProps {
  readonly rows: readonly TreeRow[];
  readonly counts: Counts;
  readonly selected: string | null;
  readonly ofParent: boolean;
  readonly sort: Sort | null;
  readonly hits: ReadonlySet<string> | null;
  readonly measureTitle: string | null;
  readonly colourOf: (node: Node) => string;
  readonly measureOf: (node: Node) => string;
  readonly weeksOf: (node: Node) => readonly { readonly conversations: number }[];
  readonly onSelect: (node: Node) => void;
  readonly onToggle: (nodes: readonly Node[], open: boolean) => void;
  readonly onSort: (key: string) => void;
}

/** The tree as an ARIA treegrid (WAI-ARIA practices): one focus stop, arrows move, Right and Left open and close. */
export function TreeGrid(props: TreeGridProps) {
  const { rows, selected, onSelect, onToggle } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<string | null>(null);
  const typed = useRef({ text: "", at: 0 });
  const wantsFocus = useRef(false);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    getItemKey: (i) => rows[i]?.node.cluster.id ?? i,
  });
  const idOf = (row: TreeRow | undefined): string | null => row?.node.cluster.id ?? null;
  const indexOf = (id: string | null): number => rows.findIndex((row) => idOf(row) === id);
  const stop = Math.max(0, indexOf(focused) === -1 ? indexOf(selected) : indexOf(focused));

  // A selection made elsewhere comes into view.
  const selectedAt = indexOf(selected);
  useEffect(() => {
    if (selectedAt >= 0) virtual.scrollToIndex(selectedAt, { align: "auto" });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- when the selection changes, not when rows open
  }, [selected]);
  useEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    scroller.current?.querySelector<HTMLElement>(`[data-id="${focused ?? ""}"]`)?.focus();
  });

  const moveTo = (i: number): void => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, i))];
    if (next === undefined) return;
    wantsFocus.current = true;
    setFocused(next.node.cluster.id);
    virtual.scrollToIndex(Math.min(rows.length - 1, Math.max(0, i)), { align: "auto" });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows[stop];
    if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const { node, open } = row;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / ROW_HEIGHT) - 1);
    const actions: Record<string, () => void> = {
      ArrowDown: () => moveTo(stop + 1),
      ArrowUp: () => moveTo(stop - 1),
      PageDown: () => moveTo(stop + page),
      PageUp: () => moveTo(stop - page),
      Home: () => moveTo(0),
      End: () => moveTo(rows.length - 1),
      ArrowRight: () =>
        node.children.length === 0 ? undefined : open ? moveTo(stop + 1) : onToggle([node], true),
      ArrowLeft: () =>
        open
          ? onToggle([node], false)
          : moveTo(node.parent === null ? stop : indexOf(node.parent.cluster.id)),
      Enter: () => onSelect(node),
      " ": () => onSelect(node),
      "*": () =>
        onToggle(
          rows
            .filter((each) => each.node.parent === node.parent && each.node.children.length > 0)
            .map((each) => each.node),
          true,
        ),
    };
    const action = actions[event.key];
    if (action !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      action();
    } else if (/^\p{L}$/u.test(event.key)) {
      const now = event.timeStamp;
      typed.current = {
        text: now - typed.current.at < TYPING_MS ? typed.current.text + event.key : event.key,
        at: now,
      };
      const found = typeAhead(rows, stop, typed.current.text);
      if (found >= 0) {
        event.preventDefault();
        event.stopPropagation();
        moveTo(found);
      }
    }
  };

  return (
    <div
      role="treegrid"
      aria-label="Groups of conversations"
      aria-rowcount={rows.length + 1}
      className="rounded-lg border border-line bg-panel shadow-panel"
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className="border-b border-line">
        <div role="row" aria-rowindex={1} className={`${GRID} min-h-9 text-[0.85rem] text-faint`}>
          {COLUMNS.map((column) => (
            <Head key={column.key} column={column} {...props} />
          ))}
        </div>
      </div>
      <div
        ref={scroller}
        role="rowgroup"
        data-keys="own"
        className="max-h-[min(68dvh,44rem)] overflow-auto overscroll-contain"
        style={{ height: Math.max(1, rows.length) * ROW_HEIGHT }}
      >
        <div role="presentation" style={{ height: virtual.getTotalSize(), position: "relative" }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            return row === undefined ? null : (
              <Row
                key={item.key}
                row={row}
                index={item.index}
                top={item.start}
                isStop={item.index === stop}
                onFocus={() => setFocused(row.node.cluster.id)}
                {...props}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

function Head({
  column,
  sort,
  ofParent,
  measureTitle,
  onSort,
}: { readonly column: Column } & Pick<TreeGridProps, "sort" | "ofParent" | "measureTitle" | "onSort">) {
  const { key, title, hide = "", right = false } = column;
  const isSorted = sort?.key === key;
  const words =
    key === "share"
      ? ofParent
        ? "Share of parent"
        : "Share of all"
      : key === "measure"
        ? (measureTitle ?? "")
        : title;
  return (
    <div
      role="columnheader"
      aria-sort={isSorted ? (sort.descending ? "descending" : "ascending") : "none"}
      className={`${hide} ${right ? "text-right" : ""}`}
    >
      {key === "measure" && measureTitle === null ? (
        <span className="sr-only">Nothing is measured</span>
      ) : (
        <button
          type="button"
          onClick={() => onSort(key)}
          className="min-h-6 rounded font-medium hover:text-ink"
        >
          <span className={key === "measure" ? "line-clamp-2 text-right" : ""}>{words}</span>
          <span aria-hidden="true">{isSorted ? (sort.descending ? " ↓" : " ↑") : ""}</span>
        </button>
      )}
    </div>
  );
}

interface RowProps extends TreeGridProps {
  readonly row: TreeRow;
  readonly index: number;
  readonly top: number;
  readonly isStop: boolean;
  readonly onFocus: () => void;
}

function Row(props: RowProps) {
  const { row, index, top, isStop, counts, selected, hits, ofParent } = props;
  const { node, open, position, siblings } = row;
  const { cluster, children, parent, depth } = node;
  const { least, most } = counts.of(node);
  const whole = ofParent && parent !== null ? counts.of(parent).least : counts.total.least;
  const isSelected = selected === cluster.id;
  const isHit = hits?.has(cluster.id) ?? false;
  const dimmed = counts.narrowed && least === 0;
  const cell = (hide = "", right = true): string => `${hide} ${right ? "text-right" : ""} tabular-nums`;
  return (
    <div
      role="row"
      data-id={cluster.id}
      aria-rowindex={index + 2}
      aria-level={depth + 1}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-selected={isSelected}
      {...(children.length === 0 ? {} : { "aria-expanded": open })}
      tabIndex={isStop ? 0 : -1}
      onFocus={props.onFocus}
      onClick={() => props.onSelect(node)}
      className={`${GRID} absolute inset-x-0 cursor-pointer border-b border-line/60 text-[0.93rem] outline-offset-[-2px] ${
        isSelected ? "bg-accent-wash" : "hover:bg-sunken"
      } ${dimmed ? "opacity-60" : ""}`}
      style={{ height: ROW_HEIGHT, transform: `translateY(${top}px)` }}
    >
      <div
        role="gridcell"
        className="flex min-w-0 items-center gap-1.5"
        style={{ paddingLeft: Math.min(depth, 8) * INDENT }}
      >
        {children.length === 0 ? (
          <span className="w-6 shrink-0" />
        ) : (
          <button
            type="button"
            tabIndex={-1}
            aria-label={open ? "Close" : "Open"}
            onClick={(event) => {
              event.stopPropagation();
              props.onToggle([node], !open);
            }}
            className="grid size-6 shrink-0 place-items-center rounded hover:bg-line"
          >
            <Icon name={open ? "down" : "right"} />
          </button>
        )}
        <span
          aria-hidden="true"
          className="size-2.5 shrink-0 rounded-full"
          style={{ background: props.colourOf(node) }}
        />
        <span
          className={`min-w-0 ${depth === 0 ? "font-semibold" : ""} ${isHit ? "rounded bg-warn-wash" : ""}`}
        >
          <NodeName node={node} lines={1} />
        </span>
      </div>
      <div role="gridcell" className={cell()}>
        <span title={most > least ? `between ${count(least)} and ${count(most)}` : undefined}>
          {counts.narrowed && most > least ? "≥ " : ""}
          {count(least)}
        </span>
        <ShareBar
          part={least}
          n={Math.max(1, counts.total.least)}
          most={counts.narrowed ? Math.min(most, counts.total.least) : least}
        />
      </div>
      <div role="gridcell" className={cell("max-rail:hidden")}>
        {whole === 0 ? (
          "–"
        ) : (
          <>
            <div className="leading-tight font-semibold">{percent(Math.min(1, least / whole))}</div>
            <div className="text-[0.8rem] leading-tight text-faint" title="95 % interval">
              {intervalWords(Math.min(least, whole), whole)}
            </div>
          </>
        )}
      </div>
      <div role="gridcell" className={cell("max-xl:hidden")}>
        {props.measureTitle === null ? <span className="sr-only">–</span> : props.measureOf(node)}
      </div>
      <div role="gridcell" className={cell("max-2xl:hidden", false)}>
        <Sparkline weeks={props.weeksOf(node)} />
      </div>
      <div role="gridcell" className={cell("max-rail:hidden")}>
        {children.length === 0 ? <span className="text-faint">–</span> : count(groupsBelow(node))}
      </div>
      <span className="sr-only">{shownName(node) === "" ? "no name" : ""}</span>
    </div>
  );
}
