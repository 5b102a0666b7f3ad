import { useEffect, useId, useImperativeHandle, useMemo, useRef, useState } from "react";
import type { KeyboardEvent, Ref } from "react";
import type { PublishedMap } from "../../../shared/contracts/published.ts";
import { cutAt, pathOf, shownName, subtreeOf } from "../../../shared/domain/published/cluster-tree.ts";
import type { ClusterTree, Node } from "../../../shared/domain/published/cluster-tree.ts";
import { count, intervalWords, percent } from "../../model/numbers.ts";
import { bandWords } from "../../model/users.ts";
import { useTheme } from "../../shell/theme.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import type { Camera, MapMode, Polygon } from "../../url/view.ts";
import { groupAt, ownersOf } from "./anchors.ts";
import type { Anchor } from "./anchors.ts";
import { fitting, panBy, project, unproject, zoomAt } from "./camera.ts";
import type { Point } from "./camera.ts";
import { contoursOf, drawContours } from "./density.ts";
import { mapWords, nodeWords } from "./describe.ts";
import { dotColours } from "./dot-colours.ts";
import type { LeafLook } from "./dot-colours.ts";
import type { Dots } from "./dots.ts";
import { MOST_LABELS, placeLabels } from "./labels.ts";
import type { Label } from "./labels.ts";
import { simplified } from "./lasso.ts";
import { levelAt } from "./levels.ts";
import { neighbour } from "./neighbour.ts";
import { dotDiameter } from "./painter.ts";
import { useGestures } from "./use-gestures.ts";
import { usePainter } from "./use-painter.ts";
import { useSize } from "../../ui/use-size.ts";
import type { Size } from "../../ui/use-size.ts";

export interface MapPicture {
  readonly size: Size;
  readonly labels: readonly Label[];
  /** The layers as they are drawn now. */
  paint(onto: CanvasRenderingContext2D, pixelRatio: number): void;
}

export interface MapCanvasProps {
  readonly tree: ClusterTree;
  readonly map: PublishedMap;
  readonly minUsers: number;
  readonly dots: Dots;
  readonly anchors: ReadonlyMap<Node, Anchor>;
  readonly camera: Camera;
  /** Shows all of the map. */
  readonly whole: Camera;
  readonly move: (next: Camera | ((held: Camera) => Camera)) => void;
  readonly mode: MapMode;
  readonly level: "auto" | number;
  readonly looks: readonly LeafLook[];
  /** What is selected: a group and all above and below it, or what a lasso holds; null: nothing. */
  readonly related: ReadonlySet<Node> | null;
  readonly selected: Node | null;
  readonly polygon: Polygon | null;
  readonly lassoing: boolean;
  readonly onSelect: (node: Node | null) => void;
  readonly onLasso: (polygon: Polygon) => void;
  readonly onLassoing: (on: boolean) => void;
  readonly picture: Ref<MapPicture>;
}

/** Pixels of one press of Shift and an arrow. */
const PAN_PIXELS = 80;
const ZOOM_STEP = 1.4;
const INK = { light: "#1d6271", dark: "#7cc7d4" } as const;

export function MapCanvas(props: MapCanvasProps) {
  const { tree, map, dots, anchors, camera, move, mode, looks, related, selected, polygon, lassoing } = props;
  const theme = useTheme();
  const frame = useRef<HTMLDivElement>(null);
  const holder = useRef<HTMLDivElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const size = useSize(frame);
  const { painter, drawing } = usePainter(holder);
  const [hovered, setHovered] = useState<{ node: Node; at: Point } | null>(null);
  const [cursor, setCursor] = useState<Node | null>(null);
  const [drawn, setDrawn] = useState<readonly Point[]>([]);
  const [said, setSaid] = useState("");
  const helpId = useId();
  const depth = useRef(0);
  const pixelRatio = Math.min(2, window.devicePixelRatio);

  const owners = useMemo(() => ownersOf(map), [map]);
  const contours = useMemo(() => (mode === "dots" ? null : contoursOf(map.cells, map.grid)), [mode, map]);
  const colours = useMemo(() => dotColours(dots, looks), [dots, looks]);

  useEffect(() => {
    painter?.setPositions(dots.positions);
  }, [painter, dots]);
  useEffect(() => {
    painter?.setColours(colours);
  }, [painter, colours]);
  const diameter = mode === "density" ? 0 : dotDiameter(dots.n, camera.zoom / props.whole.zoom);

  const paintOverlay = (context: CanvasRenderingContext2D, ratio: number): void => {
    if (contours !== null) drawContours(context, contours, camera, size, ratio, INK[theme]);
    const line = polygon === null ? drawn : polygon.map(([x, y]) => project(camera, size, { x, y }));
    if (line.length > 1) {
      context.save();
      context.scale(ratio, ratio);
      context.beginPath();
      line.forEach(({ x, y }, i) => (i === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
      if (polygon !== null) context.closePath();
      context.strokeStyle = INK[theme];
      context.lineWidth = 2;
      context.setLineDash([6, 4]);
      context.stroke();
      context.restore();
    }
  };

  // Once a frame, whatever has changed.
  useEffect(() => {
    if (painter === null || size.width === 0) return;
    const handle = requestAnimationFrame(() => {
      painter.draw(camera, size, pixelRatio, diameter);
      const canvas = overlay.current;
      const context = canvas?.getContext("2d");
      if (canvas === null || context === null || context === undefined) return;
      canvas.width = Math.round(size.width * pixelRatio);
      canvas.height = Math.round(size.height * pixelRatio);
      paintOverlay(context, pixelRatio);
      frame.current?.setAttribute("data-drawn", painter.kind);
    });
    return () => cancelAnimationFrame(handle);
  });

  const shownDepth =
    props.level === "auto"
      ? levelAt(camera.zoom / props.whole.zoom, tree.levels, depth.current)
      : Math.min(tree.levels - 1, props.level);
  useEffect(() => {
    depth.current = shownDepth;
  }, [shownDepth]);
  const candidates = useMemo(() => {
    const nodes = [...cutAt(tree, shownDepth)];
    const rank = (node: Node): number => (related?.has(node) === true ? 1e9 : 0) + node.cluster.conversations;
    return nodes.sort((a, b) => rank(b) - rank(a));
  }, [tree, shownDepth, related]);
  const pinned = useMemo(
    () => new Set([selected, cursor].filter((node): node is Node => node !== null && anchors.has(node))),
    [selected, cursor, anchors],
  );
  const labels = useMemo(
    () => (size.width === 0 ? [] : placeLabels({ nodes: candidates, anchors, camera, size, pinned })),
    [candidates, anchors, camera, size, pinned],
  );

  useImperativeHandle(
    props.picture,
    () => ({
      size,
      labels,
      paint(onto, ratio) {
        if (painter !== null) {
          painter.draw(camera, size, ratio, diameter);
          onto.drawImage(painter.canvas, 0, 0, size.width * ratio, size.height * ratio);
        }
        paintOverlay(onto, ratio);
      },
    }),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- drawn anew whenever anything of it changes
    [painter, camera, size, labels, mode, dots, contours, polygon, theme],
  );

  const nodeAt = (at: Point): Node | null => {
    const id = groupAt(owners, map.grid, unproject(camera, size, at));
    const leaf = id === null ? undefined : tree.byId.get(id);
    if (leaf === undefined) return null;
    // The group of the level whose names are shown.
    return pathOf(leaf).find((node) => node.depth === shownDepth || node === leaf) ?? leaf;
  };

  const gestures = useGestures({
    element: frame,
    size,
    move,
    lassoing,
    onClick: (at) => props.onSelect(nodeAt(at)),
    onHover: (at) => {
      const node = at === null ? null : nodeAt(at);
      setHovered(node === null || at === null ? null : { node, at });
    },
    onLasso: (line, done) => {
      setDrawn(done ? [] : [...line]);
      if (!done) return;
      props.onLassoing(false);
      const corners = line.map((at): Polygon[number] => {
        const { x, y } = unproject(camera, size, at);
        return [x, y];
      });
      if (corners.length > 2) props.onLasso(simplified(corners));
    },
  });

  const zoom = (factor: number): void =>
    move((held) => zoomAt(held, size, { x: size.width / 2, y: size.height / 2 }, factor));
  const zoomTo = (node: Node): void =>
    move(fitting(subtreeOf(node).flatMap((each) => anchors.get(each) ?? [])));

  const onKeyDown = (event: KeyboardEvent): void => {
    const { key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const pans: Record<string, readonly [number, number]> = {
      ArrowLeft: [PAN_PIXELS, 0],
      ArrowRight: [-PAN_PIXELS, 0],
      ArrowUp: [0, PAN_PIXELS],
      ArrowDown: [0, -PAN_PIXELS],
    };
    const pan = pans[key];
    const done = (): void => {
      event.preventDefault();
      event.stopPropagation();
    };
    if (pan !== undefined && event.shiftKey) {
      done();
      move((held) => panBy(held, size, pan[0], pan[1]));
    } else if (pan !== undefined) {
      done();
      const from =
        cursor === null ? (selected === null ? undefined : anchors.get(selected)) : anchors.get(cursor);
      const next = from === undefined ? (candidates[0] ?? null) : neighbour(key, from, candidates, anchors);
      if (next === null) {
        setSaid("No group further that way.");
        return;
      }
      setCursor(next);
      setSaid(nodeWords(next, tree.conversations));
      const at = anchors.get(next);
      const pixel = at === undefined ? null : project(camera, size, at);
      if (
        at !== undefined &&
        pixel !== null &&
        (pixel.x < 0 || pixel.y < 0 || pixel.x > size.width || pixel.y > size.height)
      )
        move((held) => ({ ...held, x: at.x, y: at.y }));
    } else if (key === "Enter" || key === " ") {
      done();
      props.onSelect(cursor);
    } else if (key === "Escape" && (cursor !== null || lassoing)) {
      done();
      setCursor(null);
      props.onLassoing(false);
    } else if (key === "z" && (cursor ?? selected) !== null) {
      done();
      zoomTo((cursor ?? selected)!);
    }
  };

  const card = hovered?.node ?? null;
  return (
    <div
      ref={frame}
      className="relative h-[min(72dvh,46rem)] min-h-80 overflow-hidden rounded-lg border border-line bg-panel shadow-panel"
    >
      <div
        // A picture that is moved over with keys of its own: readers of the screen are to pass them on.
        role="application"
        aria-label={`Map of ${count(tree.conversations)} conversations in ${count(tree.leaves.length)} groups`}
        aria-describedby={helpId}
        aria-roledescription="map"
        tabIndex={0}
        className={`absolute inset-0 touch-none outline-offset-[-3px] ${lassoing ? "cursor-crosshair" : "cursor-grab active:cursor-grabbing"}`}
        onKeyDown={onKeyDown}
        onPointerLeave={() => setHovered(null)}
        onDoubleClick={(event) => {
          const { left, top } = event.currentTarget.getBoundingClientRect();
          const at = { x: event.clientX - left, y: event.clientY - top };
          move((held) => zoomAt(held, size, at, 2));
        }}
        {...gestures}
      >
        <div ref={holder} />
        <canvas ref={overlay} aria-hidden="true" className="pointer-events-none absolute inset-0 size-full" />
      </div>
      <ul aria-label="Names on the map" className="pointer-events-none absolute inset-0">
        {labels.map(({ node, x, y, lines }) => {
          const faded = related !== null && !related.has(node);
          const marked = node === selected || node === cursor;
          return (
            <li
              key={node.cluster.id}
              className="absolute -translate-x-1/2 -translate-y-1/2"
              style={{ left: x, top: y }}
            >
              <button
                type="button"
                tabIndex={-1}
                onClick={() => props.onSelect(node)}
                onDoubleClick={() => zoomTo(node)}
                title={shownName(node).slice(0, 300)}
                className={`foreign pointer-events-auto max-w-52 rounded px-1 text-center text-[0.84rem] leading-[1.15rem] font-semibold [text-shadow:0_0_3px_var(--panel),0_0_3px_var(--panel),0_0_6px_var(--panel),0_0_8px_var(--panel)] ${
                  marked ? "bg-panel ring-2 ring-accent" : "hover:bg-panel"
                } ${faded ? "opacity-35" : ""} ${node.cluster.name === null ? "italic" : ""}`}
              >
                {lines.map((line, i) => (
                  // eslint-disable-next-line react/no-array-index-key -- lines of one name have no identity but their place
                  <span key={i} className="block whitespace-nowrap">
                    {line}{" "}
                  </span>
                ))}
              </button>
            </li>
          );
        })}
      </ul>
      <div className="absolute top-3 left-3 flex flex-col gap-1 rounded-md border border-line bg-panel p-1 shadow-panel">
        <Button kind="quiet" small aria-label="Closer" title="Closer (+)" onClick={() => zoom(ZOOM_STEP)}>
          <Icon name="plus" />
        </Button>
        <Button
          kind="quiet"
          small
          aria-label="Further"
          title="Further (−)"
          onClick={() => zoom(1 / ZOOM_STEP)}
        >
          <Icon name="minus" />
        </Button>
        <Button
          kind="quiet"
          small
          aria-label="All of it"
          title="All of it (0)"
          onClick={() => move(props.whole)}
        >
          <Icon name="reset" />
        </Button>
        <Button
          kind="quiet"
          small
          aria-label="Draw a lasso"
          title="Draw around groups (l)"
          aria-pressed={lassoing}
          className={lassoing ? "bg-accent-wash" : ""}
          onClick={() => props.onLassoing(!lassoing)}
        >
          <Icon name="lasso" />
        </Button>
      </div>
      {card !== null && hovered !== null && (
        <div
          aria-hidden="true"
          className="pointer-events-none absolute z-10 w-64 rounded-md border border-line bg-panel p-2.5 text-[0.87rem] shadow-panel"
          style={{
            left: Math.min(size.width - 268, hovered.at.x + 14),
            top: hovered.at.y > size.height - 150 ? hovered.at.y - 130 : hovered.at.y + 14,
          }}
        >
          <p className="foreign line-clamp-1 text-faint">
            {pathOf(card)
              .slice(0, -1)
              .map((node) => shownName(node).slice(0, 60))
              .join(" › ")}
          </p>
          <p className="foreign line-clamp-3 font-semibold">{shownName(card).slice(0, 300)}</p>
          <p className="tabular-nums">
            {percent(card.cluster.conversations / tree.conversations)}{" "}
            <span className="text-faint">
              {count(card.cluster.conversations)} ·{" "}
              {intervalWords(card.cluster.conversations, tree.conversations)}
            </span>
          </p>
          <p className="text-faint">{bandWords(card.cluster.users, props.minUsers)}</p>
        </div>
      )}
      {drawing !== "webgl" && (
        <p
          role="status"
          className="absolute right-3 bottom-3 max-w-72 rounded-md border border-warn/50 bg-warn-wash px-2.5 py-1.5 text-[0.85rem] text-warn"
        >
          {drawing === "none"
            ? "This browser has no WebGL: the map is drawn in a plainer way."
            : "The graphics were interrupted: the map is drawn in a plainer way until they are back."}
        </p>
      )}
      <div className="sr-only">
        <p id={helpId}>
          Arrow keys go from group to group, Enter selects, Shift with an arrow moves the picture, plus and
          minus zoom, square brackets change the level of names. The same as a table: the button Table above
          the map.
        </p>
        <h2>What the map shows</h2>
        <ul>
          {mapWords(tree.roots, anchors, tree.conversations).map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
        <p role="status">{said}</p>
      </div>
      <p className="sr-only">{labels.length === MOST_LABELS ? "More names appear closer." : ""}</p>
    </div>
  );
}
