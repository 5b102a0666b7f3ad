import { expect, test } from "vitest";
import { treeLines } from "../../localstack/tree.ts";
import type { PublishedCluster } from "../../shared/contracts/published.ts";

const cluster = (id: string, parent: string | null, name: string | null): PublishedCluster => ({
  id,
  parent_id: parent,
  level: parent === null ? 1 : 0,
  name,
  description: null,
  name_withheld: [],
  conversations: 20,
  share: 0.5,
  users: "10-24",
});

test("clusters are indented below their parents", () => {
  const clusters = [
    cluster("a", null, "All"),
    cluster("b", "a", "One"),
    cluster("c", null, null),
    cluster("d", "a", "Two"),
  ];
  expect(treeLines(clusters)).toEqual([
    "All: 20 conversations, 10-24 users",
    "  One: 20 conversations, 10-24 users",
    "  Two: 20 conversations, 10-24 users",
    "(name withheld): 20 conversations, 10-24 users",
  ]);
  expect(treeLines([])).toEqual([]);
});
