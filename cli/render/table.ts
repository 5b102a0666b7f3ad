import type { Paint } from "../io.ts";
import { cutTo, padEnd, padStart, widthOf, wrap } from "./text.ts";

export interface Column {
  readonly title: string;
  readonly align?: "right";
  /** Gives up width when the table is too wide, the last such column first: "cut" loses the end, "wrap" takes more lines. */
  readonly shrinks?: "cut" | "wrap";
  /** Colours a cell, once it has its width. */
  readonly paint?: (cell: string) => string;
}

const GAP = "  ";
/** Cells that a column which shrinks keeps. */
const LEAST = 8;

/** Lines of a table: a title line and one line a row, no wider than `width` as far as its columns can shrink. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { width, paint }: { readonly width: number; readonly paint: Paint },
): string {
  const widths = columns.map(({ title }, i) =>
    Math.max(widthOf(title), ...rows.map((row) => widthOf(row[i] ?? ""))),
  );
  let over = widths.reduce((sum, cells) => sum + cells, GAP.length * (columns.length - 1)) - width;
  for (let i = columns.length - 1; i >= 0 && over > 0; i--) {
    if (columns[i]?.shrinks === undefined) continue;
    const given = Math.min(over, Math.max(0, (widths[i] ?? 0) - LEAST));
    widths[i] = (widths[i] ?? 0) - given;
    over -= given;
  }
  const line = (cells: readonly string[], painted: (cell: string, column: Column) => string): string => {
    const wrapped = columns.map(({ shrinks }, i) => {
      const room = widths[i] ?? 0;
      const lines = shrinks === "wrap" ? wrap(cells[i] ?? "", room).split("\n") : [cells[i] ?? ""];
      return lines.map((text) => cutTo(text, room));
    });
    const height = Math.max(...wrapped.map((lines) => lines.length));
    return Array.from({ length: height }, (_, row) =>
      columns
        .map((column, i) => {
          const cell = wrapped[i]?.[row] ?? "";
          return painted((column.align === "right" ? padStart : padEnd)(cell, widths[i] ?? 0), column);
        })
        .join(GAP)
        .trimEnd(),
    ).join("\n");
  };
  const head = line(
    columns.map(({ title }) => title),
    (cell) => paint("dim", cell),
  );
  return [head, ...rows.map((row) => line(row, (cell, column) => column.paint?.(cell) ?? cell))].join("\n");
}

/** Lines of name and value, the names in one column, the values wrapped beside it. */
export function pairs(
  rows: readonly (readonly [name: string, value: string])[],
  { width, paint }: { readonly width: number; readonly paint: Paint },
): string {
  const cells = Math.max(...rows.map(([name]) => widthOf(name)));
  const indent = cells + GAP.length * 2;
  return rows
    .map(
      ([name, value]) =>
        `${GAP}${paint("dim", padEnd(name, cells))}${GAP}${wrap(value, width - indent, 0).replaceAll("\n", `\n${" ".repeat(indent)}`)}`,
    )
    .join("\n");
}
