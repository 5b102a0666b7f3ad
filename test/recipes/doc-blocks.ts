import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

/** The page about the recipes. */
export const DOC = resolve(import.meta.dirname, "../../docs/source_adapter_recipes.md");

/** The code blocks of a language in a section of the page. */
export async function docBlocks(section: string, language: string): Promise<string[]> {
  const text = await readFile(DOC, "utf8");
  const start = text.indexOf(`\n## ${section}\n`);
  if (start === -1) throw new Error(`there is no section ${section}`);
  const next = text.indexOf("\n## ", start + 1);
  const body = text.slice(start, next === -1 ? undefined : next);
  return [...body.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
    .filter(([, name]) => name === language)
    .map(([, , block]) => block ?? "");
}
