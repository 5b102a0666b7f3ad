import { readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Counts every published number of a run again from the private side. By design it shares no code with what publishes:
 * files are read as plain JSON, days are turned into weeks, conversations into cells by what the published tables name.
 */

interface Row {
  readonly leaf: string;
  readonly user: string;
  readonly values: Readonly<Record<string, string>>;
  readonly x: number;
  readonly y: number;
}

export interface Recount {
  /** Numbers about groups that were counted again. */
  readonly numbers: number;
  /** Smallest conversations and users behind any of them. */
  readonly fewestConversations: number;
  readonly fewestUsers: number;
  /** Cells of base clusters' cross-tabs in which both values are named. */
  readonly namedCrossCells: number;
  readonly wrong: readonly string[];
}

type Json = Record<string, unknown>;

async function linesOf(run: string, path: string): Promise<Json[]> {
  const text = await readFile(join(run, path), "utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Json);
}

async function documentOf(run: string, path: string): Promise<Json> {
  return JSON.parse(await readFile(join(run, path), "utf8")) as Json;
}

function weekOf(day: string | null): string {
  if (day === null) return "none";
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  // Monday is day 1 of getUTCDay, Sunday is 0 and belongs to the Monday six days before.
  const weekday = new Date(Date.UTC(year, month - 1, date)).getUTCDay();
  return new Date(Date.UTC(year, month - 1, date - (weekday === 0 ? 6 : weekday - 1)))
    .toISOString()
    .slice(0, 10);
}

const BANDS: [number, string][] = [
  [1000, "1000+"],
  [250, "250-999"],
  [100, "100-249"],
  [50, "50-99"],
  [25, "25-49"],
  [10, "10-24"],
  [0, "min-9"],
];

async function rowsOf(run: string): Promise<Row[]> {
  const [facets, users, days, assigned, points] = await Promise.all([
    linesOf(run, "facets/facets.jsonl"),
    linesOf(run, "private/users.jsonl"),
    linesOf(run, "private/days.jsonl"),
    linesOf(run, "clusters/base_assignments.jsonl"),
    linesOf(run, "viz/map_points.jsonl"),
  ]);
  const byId = (lines: Json[]) => new Map(lines.map((line) => [line["conversation_id"] as string, line]));
  const [user, day, cluster, point] = [byId(users), byId(days), byId(assigned), byId(points)];
  return facets.flatMap((facet): Row[] => {
    const id = facet["conversation_id"] as string;
    const leaf = cluster.get(id)!["cluster_id"] as string | null;
    if (leaf === null) return [];
    const custom = Object.entries(facet["custom"] as Json).map(([name, answer]) => [
      `facet:${name}`,
      answer === null ? "none" : String(answer as string | number | boolean),
    ]);
    return [
      {
        leaf,
        user: user.get(id)!["user"] as string,
        values: {
          language: facet["language"] as string,
          concern: String((facet["concern"] as Json)["score"]),
          frustration: String(facet["frustration"]),
          week: weekOf(day.get(id)!["day"] as string | null),
          ...(Object.fromEntries(custom) as Record<string, string>),
        },
        x: point.get(id)!["x"] as number,
        y: point.get(id)!["y"] as number,
      },
    ];
  });
}

/** The published cells of one base cluster's map are groups of its grid cells: found by joining small ones to the nearest. */
function mapGroups(
  rows: readonly Row[],
  grid: number,
  users: number,
  conversations: number,
): Map<string, Row[]> {
  const at = (value: number): number => Math.min(grid - 1, Math.max(0, Math.floor(((value + 1) / 2) * grid)));
  let groups = [...Map.groupBy(rows, (row) => `${at(row.x)},${at(row.y)}`)].map(([place, members]) => {
    const [column, line] = place.split(",").map(Number) as [number, number];
    return { column, line, members };
  });
  groups.sort((a, b) => a.line - b.line || a.column - b.column);
  const fits = (members: readonly Row[]): boolean =>
    members.length >= conversations && new Set(members.map(({ user }) => user)).size >= users;
  for (;;) {
    const small = groups.filter(({ members }) => !fits(members));
    if (small.length === 0) break;
    const least = Math.min(...small.map(({ members }) => members.length));
    const loser = small.find(({ members }) => members.length === least)!;
    const rest = groups.filter((group) => group !== loser);
    if (rest.length === 0) return new Map();
    const far = (group: (typeof rest)[number]): number =>
      (group.column - loser.column) ** 2 + (group.line - loser.line) ** 2;
    const shortest = Math.min(...rest.map(far));
    const winner = rest.find((group) => far(group) === shortest)!;
    const place = loser.members.length > winner.members.length ? loser : winner;
    groups = rest.map((group) =>
      group === winner
        ? { column: place.column, line: place.line, members: [...winner.members, ...loser.members] }
        : group,
    );
  }
  return new Map(groups.map(({ column, line, members }) => [`${column},${line}`, members]));
}

/** `run` is the folder of a run that published. */
export async function recount(run: string): Promise<Recount> {
  const rows = await rowsOf(run);
  const { generation } = await documentOf(run, "published/latest.json");
  const file = (name: string): Promise<Json> => documentOf(run, `published/${String(generation)}/${name}`);
  const [index, { clusters }, breakdowns, crosstabs, map, privacy] = (await Promise.all(
    ["index.json", "clusters.json", "breakdowns.json", "crosstabs.json", "map.json", "privacy.json"].map(
      file,
    ),
  )) as [Json, { clusters: Json[] }, Json, Json, Json, Json];
  const { min_users: minUsers, min_conversations: minConversations } = index["minimums"] as Record<
    string,
    number
  > as { min_users: number; min_conversations: number };
  const wrong: string[] = [];
  let [numbers, namedCrossCells, fewestConversations, fewestUsers] = [0, 0, Infinity, Infinity];

  const check = (what: string, said: number, members: readonly Row[]): void => {
    numbers++;
    const users = new Set(members.map(({ user }) => user)).size;
    fewestConversations = Math.min(fewestConversations, members.length);
    fewestUsers = Math.min(fewestUsers, users);
    if (said !== members.length) wrong.push(`${what}: ${said} published, ${members.length} counted`);
    if (members.length < minConversations || users < minUsers)
      wrong.push(`${what}: ${members.length} conversations of ${users} users`);
  };

  const byLeaf = Map.groupBy(rows, ({ leaf }) => leaf);
  const leavesBelow = (id: string): string[] => {
    const children = clusters.filter((cluster) => cluster["parent_id"] === id);
    return children.length === 0 ? [id] : children.flatMap((child) => leavesBelow(child["id"] as string));
  };
  const cellsOf = new Map(
    (breakdowns["clusters"] as Json[]).map((row) => [row["cluster_id"], row["cells"] as Json]),
  );
  const tablesOf = new Map(
    (crosstabs["clusters"] as Json[]).map((row) => [row["cluster_id"], row["tables"] as Json[]]),
  );

  for (const cluster of clusters) {
    const id = cluster["id"] as string;
    const leaves = leavesBelow(id);
    const members = leaves.flatMap((leaf) => byLeaf.get(leaf) ?? []);
    check(id, cluster["conversations"] as number, members);
    const users = new Set(members.map(({ user }) => user)).size;
    const band = BANDS.find(([from]) => users >= from)![1];
    if (cluster["users"] !== band) wrong.push(`${id}: band ${String(cluster["users"])}, ${users} users`);
    for (const [name, cells] of Object.entries(cellsOf.get(id)!) as [string, Json[]][]) {
      for (const { value, conversations } of cells) {
        // A value is "other" in a base cluster whose own table does not name it.
        const inCell = leaves.flatMap((leaf) => {
          const named = new Set((cellsOf.get(leaf)![name] as Json[]).map((cell) => cell["value"] as string));
          return (byLeaf.get(leaf) ?? []).filter((row) => {
            const own = row.values[name]!;
            return (named.has(own) ? own : "other") === value;
          });
        });
        check(`${id} ${name}=${String(value)}`, conversations as number, inCell);
      }
      const sum = cells.reduce((all, cell) => all + (cell["conversations"] as number), 0);
      if (sum !== members.length) wrong.push(`${id} ${name}: ${sum} in all, ${members.length} counted`);
    }
    tablesOf.get(id)!.forEach((table, i) => {
      const {
        rows: down,
        columns: across,
        cells,
      } = table as { rows: string; columns: string; cells: Json[] };
      for (const { row, column, conversations } of cells) {
        const inCell = leaves.flatMap((leaf) => {
          const own = tablesOf.get(leaf)![i]!["cells"] as Json[];
          const [inRows, inColumns] = [
            new Set(own.map((cell) => cell["row"])),
            new Set(own.map((cell) => cell["column"])),
          ];
          return (byLeaf.get(leaf) ?? []).filter((each) => {
            const [a, b] = [each.values[down]!, each.values[across]!];
            return (inRows.has(a) ? a : "other") === row && (inColumns.has(b) ? b : "other") === column;
          });
        });
        check(`${id} ${down}=${String(row)} ${across}=${String(column)}`, conversations as number, inCell);
        if (cluster["level"] === 0 && row !== "other" && column !== "other") namedCrossCells++;
      }
      const sum = cells.reduce((all, cell) => all + (cell["conversations"] as number), 0);
      if (sum !== members.length)
        wrong.push(`${id} ${down} by ${across}: ${sum} in all, ${members.length} counted`);
    });
  }

  const mapped = Map.groupBy(map["cells"] as Json[], (cell) => cell["cluster_id"] as string);
  for (const cluster of clusters.filter(({ level }) => level === 0)) {
    const id = cluster["id"] as string;
    const groups = mapGroups(byLeaf.get(id) ?? [], map["grid"] as number, minUsers, minConversations);
    const cells = mapped.get(id) ?? [];
    if (cells.length !== groups.size)
      wrong.push(`${id}: ${cells.length} cells on the map, ${groups.size} counted`);
    for (const { column, row, conversations } of cells)
      check(
        `${id} map ${String(column)},${String(row)}`,
        conversations as number,
        groups.get(`${String(column)},${String(row)}`) ?? [],
      );
  }

  const shown = new Set(clusters.filter(({ level }) => level === 0).map(({ id }) => id as string));
  const totals = index["totals"] as Json;
  const published = rows.filter(({ leaf }) => shown.has(leaf)).length;
  for (const [what, said, counted] of [
    ["totals.published", totals["published"], published],
    ["totals.withheld", totals["withheld"], rows.length - published],
    ["totals.clusters", totals["clusters"], clusters.length],
    ["privacy.withheld_conversations", privacy["withheld_conversations"], rows.length - published],
  ] as const)
    if (said !== counted) wrong.push(`${what}: ${String(said)} published, ${counted} counted`);
  return { numbers, fewestConversations, fewestUsers, namedCrossCells, wrong };
}
