import { clusterId } from "../../shared/contracts/clusters.ts";
import { breakdownDimension } from "../../shared/contracts/published.ts";
import type { BreakdownDimension } from "../../shared/contracts/published.ts";
import { isCountable, NO_FILTER } from "../../shared/domain/published/filter.ts";
import type { Condition, Filter } from "../../shared/domain/published/filter.ts";
import { measureKey, parseMeasure } from "../model/measure.ts";
import type { Measure } from "../model/measure.ts";

/** Corners of a lasso on the map, each coordinate from -1 to 1. */
export type Polygon = readonly (readonly [x: number, y: number])[];

export type Selection =
  | { readonly kind: "cluster"; readonly id: string }
  | { readonly kind: "lasso"; readonly polygon: Polygon };

export interface Camera {
  readonly x: number;
  readonly y: number;
  /** 1 shows the whole map. */
  readonly zoom: number;
}

export const MAP_MODES = ["dots", "density", "both"] as const;
export type MapMode = (typeof MAP_MODES)[number];
export const HIERARCHY_LAYOUTS = ["tree", "icicle"] as const;
export type HierarchyLayout = (typeof HIERARCHY_LAYOUTS)[number];

export interface Sort {
  readonly key: string;
  readonly descending: boolean;
}

/**
 * Everything about what is shown that an address can say (reference: dashboard, 3.0). Written in the query:
 * `f=language:es,fr;concern:4,5&in=c…&sel=c:…&color=concern&level=1&v=0.1,-0.2,3&mode=both&view=icicle&open=p…,p…&sort=-share&q=…`
 */
export interface View {
  readonly filter: Filter;
  readonly selection: Selection | null;
  readonly measure: Measure;
  /** Level of names on the map: from the zoom, or this depth. */
  readonly level: "auto" | number;
  readonly camera: Camera | null;
  readonly mode: MapMode;
  readonly layout: HierarchyLayout;
  /** Nodes of the tree that are open; null: as the page thinks best. */
  readonly open: readonly string[] | null;
  readonly sort: Sort | null;
  readonly search: string;
}

export const PLAIN_VIEW: View = {
  filter: NO_FILTER,
  selection: null,
  measure: { kind: "group" },
  level: "auto",
  camera: null,
  mode: "dots",
  layout: "tree",
  open: null,
  sort: null,
  search: "",
};

/** Characters of a query at most; beyond, what is open in the tree is left out first. */
export const MAX_QUERY = 2000;
export const MAX_CORNERS = 40;
const MAX_OPEN = 60;
const MAX_SEARCH = 200;

export interface Parsed {
  readonly view: View;
  /** Names of parts that made no sense and were left out. */
  readonly dropped: readonly string[];
}

const isCluster = (text: string): boolean => clusterId.safeParse(text).success;

/** Values are anything that a custom facet answers: their separators are written as escapes. */
const escapeValue = (value: string): string =>
  value.replace(/[%;:,!]/g, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, "0")}`);
function unescapeValue(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function parseConditions(text: string): Condition[] | null {
  const conditions: Condition[] = [];
  for (const condition of text.split(";")) {
    const at = condition.lastIndexOf(":");
    const dimension = breakdownDimension.safeParse(condition.slice(0, at));
    const values = condition
      .slice(at + 1)
      .split(",")
      .map(unescapeValue);
    if (at === -1 || !dimension.success || values.length > 50) return null;
    if (values.some((value) => value === null || value === "")) return null;
    if (conditions.some((each) => each.dimension === dimension.data)) return null;
    conditions.push({ dimension: dimension.data, values: [...new Set(values as string[])] });
  }
  return isCountable(conditions) ? conditions : null;
}

const writeConditions = (conditions: readonly Condition[]): string =>
  conditions.map(({ dimension, values }) => `${dimension}:${values.map(escapeValue).join(",")}`).join(";");

/** Corners as 16-bit steps of [-1, 1], two bytes each, base64url. */
const STEPS = 65_535;

function writePolygon(polygon: Polygon): string {
  const codes = polygon
    .slice(0, MAX_CORNERS)
    .flat()
    .map((value) => Math.round(((Math.min(1, Math.max(-1, value)) + 1) / 2) * STEPS));
  const text = codes.map((code) => String.fromCharCode(code >> 8, code & 0xff)).join("");
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function parsePolygon(text: string): Polygon | null {
  if (!/^[\w-]+$/.test(text)) return null;
  let bytes: string;
  try {
    bytes = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return null;
  }
  const corners = bytes.length / 4;
  if (!Number.isInteger(corners) || corners < 3 || corners > MAX_CORNERS) return null;
  const at = (i: number): number => (((bytes.charCodeAt(i) << 8) | bytes.charCodeAt(i + 1)) / STEPS) * 2 - 1;
  return Array.from({ length: corners }, (_, i) => [at(i * 4), at(i * 4 + 2)] as const);
}

function parseSelection(text: string): Selection | null {
  if (text.startsWith("c:")) {
    const id = text.slice(2);
    return isCluster(id) ? { kind: "cluster", id } : null;
  }
  const polygon = text.startsWith("lasso:") ? parsePolygon(text.slice("lasso:".length)) : null;
  return polygon === null ? null : { kind: "lasso", polygon };
}

export const writeSelection = (selection: Selection): string =>
  selection.kind === "cluster" ? `c:${selection.id}` : `lasso:${writePolygon(selection.polygon)}`;

function parseCamera(text: string): Camera | null {
  const numbers = text.split(",").map((number) => (number === "" ? Number.NaN : Number(number)));
  const [x, y, zoom] = numbers;
  if (numbers.length !== 3 || x === undefined || y === undefined || zoom === undefined) return null;
  const fits = Math.abs(x) <= 4 && Math.abs(y) <= 4 && zoom >= 0.1 && zoom <= 1000;
  return fits ? { x, y, zoom } : null;
}

const significant = (n: number): string => String(Number(n.toPrecision(3)));
const writeCamera = ({ x, y, zoom }: Camera): string => [x, y, zoom].map(significant).join(",");

function parseLevel(text: string): View["level"] | null {
  if (text === "auto") return "auto";
  return /^\d$/.test(text) ? Number(text) : null;
}

function parseSort(text: string): Sort | null {
  const [, minus, key] = /^(-?)([a-z_]{1,40})$/.exec(text) ?? [];
  return key === undefined ? null : { key, descending: minus === "-" };
}

function parseOpen(text: string): readonly string[] | null {
  if (text === "none") return [];
  const ids = text.split(",");
  return ids.length <= MAX_OPEN && ids.every(isCluster) ? ids : null;
}

const oneOf =
  <T extends string>(choices: readonly T[]) =>
  (text: string): T | null =>
    choices.find((choice) => choice === text) ?? null;

/** How each part of a view is read and written; null where it is what a page shows anyway. */
type Codec<K extends keyof View> = {
  readonly parse: (text: string, view: View) => View[K] | null;
  readonly write: (view: View) => string | null;
};
function part<K extends keyof View>(
  field: K,
  parse: (text: string, view: View) => View[K] | null,
  write: (view: View) => string | null,
): { readonly field: K } & Codec<K> {
  return { field, parse, write };
}

const PARTS = {
  f: part(
    "filter",
    (text, { filter }) => {
      const conditions = parseConditions(text);
      return conditions === null ? null : { ...filter, conditions };
    },
    ({ filter }) => (filter.conditions.length === 0 ? null : writeConditions(filter.conditions)),
  ),
  in: part(
    "filter",
    (text, { filter }) => (isCluster(text) ? { ...filter, within: text } : null),
    ({ filter }) => filter.within,
  ),
  sel: part("selection", parseSelection, ({ selection }) =>
    selection === null ? null : writeSelection(selection),
  ),
  color: part("measure", parseMeasure, ({ measure }) =>
    measure.kind === "group" ? null : measureKey(measure),
  ),
  level: part("level", parseLevel, ({ level }) => (level === "auto" ? null : String(level))),
  v: part("camera", parseCamera, ({ camera }) => (camera === null ? null : writeCamera(camera))),
  mode: part("mode", oneOf(MAP_MODES), ({ mode }) => (mode === "dots" ? null : mode)),
  view: part("layout", oneOf(HIERARCHY_LAYOUTS), ({ layout }) => (layout === "tree" ? null : layout)),
  open: part("open", parseOpen, ({ open }) =>
    open === null ? null : open.length === 0 ? "none" : open.slice(0, MAX_OPEN).join(","),
  ),
  sort: part("sort", parseSort, ({ sort }) =>
    sort === null ? null : `${sort.descending ? "-" : ""}${sort.key}`,
  ),
  q: part(
    "search",
    (text) => (text.length <= MAX_SEARCH ? text : null),
    ({ search }) => (search === "" ? null : search),
  ),
} as const;

/** Reads a query; what makes no sense is left out and named, what is not known is ignored. */
export function parseView(query: string): Parsed {
  const given = new URLSearchParams(query);
  let view = PLAIN_VIEW;
  const dropped: string[] = [];
  for (const [name, { field, parse }] of Object.entries(PARTS)) {
    const text = given.get(name);
    if (text === null) continue;
    const value = (parse as Codec<keyof View>["parse"])(text, view);
    if (value === null) dropped.push(name);
    else view = { ...view, [field]: value };
  }
  return { view, dropped };
}

/**
 * The query that stands for a view. Parts of `before` that are not the view's stay as they are.
 * @returns without "?"; at most MAX_QUERY characters of the view's own.
 */
export function writeView(view: View, before = ""): string {
  const query = new URLSearchParams(before);
  for (const [name, { write }] of Object.entries(PARTS)) {
    const text = write(view);
    if (text === null) query.delete(name);
    else query.set(name, text);
  }
  const shown = readable(query);
  return shown.length > MAX_QUERY && view.open !== null ? writeView({ ...view, open: null }, before) : shown;
}

/** A query in which characters that mean nothing there are not escaped: addresses are for people too. */
export function readable(query: URLSearchParams): string {
  return query.toString().replaceAll("%3A", ":").replaceAll("%2C", ",").replaceAll("%3B", ";");
}

/** Adds a value to a filter, or takes it away; another dimension that cannot be counted with it gives way. */
export function toggleValue(filter: Filter, dimension: BreakdownDimension, value: string): Filter {
  const own = filter.conditions.find((each) => each.dimension === dimension);
  const others = filter.conditions.filter((each) => each.dimension !== dimension);
  const values = own?.values ?? [];
  const left = values.includes(value) ? values.filter((each) => each !== value) : [...values, value];
  if (left.length === 0) return { ...filter, conditions: others };
  const changed: Condition = { dimension, values: left };
  const kept = [...others, changed];
  return { ...filter, conditions: isCountable(kept) ? kept : [changed] };
}
