import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import * as z from "zod";
import { publishedFiles, publishedLatest } from "../../shared/contracts/published.ts";

const page = await readFile(resolve(import.meta.dirname, "../../docs/published.md"), "utf8");
const sections = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .map((section): [string, string] => [section.split("\n", 1)[0]!, section]),
);
const schemas: [string, z.ZodType][] = [["latest.json", publishedLatest], ...Object.entries(publishedFiles)];

/** Names of all fields of a schema, at any depth. */
function fieldsOf(schema: z.ZodType): Set<string> {
  const found = new Set<string>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (typeof node !== "object" || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (key === "properties") for (const name of Object.keys(value as object)) found.add(name);
      visit(value);
    }
  };
  visit(z.toJSONSchema(schema, { unrepresentable: "any" }));
  return found;
}

/** Fields that other files describe, or that are a unit of their own: the parts of an identity and of an audited layer. */
const ELSEWHERE = new Set([
  "schema_version",
  "provider",
  "model",
  "version",
  "min_users",
  "min_conversations",
  "count",
  "n",
  "rate",
  "low",
  "high",
]);

test("the page describes the files there are, and no other", () => {
  expect([...sections.keys()].sort()).toEqual(schemas.map(([file]) => file).sort());
});

test.each(schemas)("%s: every field is described", (file, schema) => {
  const named = new Set([...sections.get(file)!.matchAll(/`([a-z_]+)`/g)].map(([, name]) => name!));
  const missing = [...fieldsOf(schema)].filter((name) => !named.has(name) && !ELSEWHERE.has(name));
  expect(missing).toEqual([]);
});

test.each(Object.entries(publishedFiles))("%s: its example fits the schema", (file, schema) => {
  const example = new RegExp(`\`\`\`json file=${file}\\n([^\`]*)\`\`\``).exec(sections.get(file)!)?.[1];
  expect(() => schema.parse(JSON.parse(example!))).not.toThrow();
});
