import { readFile, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";

const SITE = resolve(import.meta.dirname, "../../dist/site");
const KILO = 1024;

/** Limits of the issue, in kB (1,024 bytes) of gzip. */
const INITIAL_JS = 170;
const ALL_JS = 380;
const ALL_CSS = 20;

async function compressed(file: string): Promise<number> {
  return gzipSync(await readFile(join(SITE, file)), { level: 9 }).length / KILO;
}

async function sum(files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(files.map(compressed));
  return sizes.reduce((total, size) => total + size, 0);
}

/** Scripts that the page asks for before anything is shown: named in the HTML, and what they import at once. */
async function initialScripts(): Promise<string[]> {
  const html = await readFile(join(SITE, "index.html"), "utf8");
  const wanted = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, path]) => path!);
  const found = new Set<string>();
  while (wanted.length > 0) {
    const file = wanted.pop()!;
    if (found.has(file)) continue;
    found.add(file);
    const code = await readFile(join(SITE, file), "utf8");
    for (const [, path] of code.matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.js)"/g))
      wanted.push(`assets/${path}`);
  }
  return [...found];
}

test("the site stays within its bytes", async () => {
  const files = (await readdir(join(SITE, "assets"))).map((name) => `assets/${name}`);
  const initial = await initialScripts();
  expect(initial.length).toBeGreaterThan(0);
  expect(await sum(initial)).toBeLessThanOrEqual(INITIAL_JS);
  expect(await sum(files.filter((file) => file.endsWith(".js")))).toBeLessThanOrEqual(ALL_JS);
  expect(await sum(files.filter((file) => file.endsWith(".css")))).toBeLessThanOrEqual(ALL_CSS);
});

test("nothing in the site names another origin to load from", async () => {
  const files = await readdir(SITE, { recursive: true });
  for (const file of files.filter((name) => /\.(?:html|css)$/.test(name)))
    expect(await readFile(join(SITE, file), "utf8")).not.toMatch(/(?:src|href|url)\s*[=(]\s*["']?https?:/);
});
