import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import lighthouse, { desktopConfig } from "lighthouse";
import type { Browser, Page } from "playwright-core";
import { openBrowser } from "../test/browser/support/chromium.ts";
import { startViz } from "../test/browser/support/viz.ts";
import type { Viz } from "../test/browser/support/viz.ts";
import { writeBigRun } from "./dashboard/big-run.ts";

/** How fast the dashboard is in a browser that draws in software: `npm run build:site && node bench/dashboard.ts`. */

const DEBUG_PORT = 9_333;
const OPENINGS = 5;
const FRAMES = 40;

const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
const quantile = (values: readonly number[], q: number): number =>
  sorted(values)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? 0;

/** Milliseconds from asking for the page to what it is for, in a tab that knows nothing of it. */
async function opening(browser: Browser, viz: Viz, path: string, until: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const started = performance.now();
  await page.goto(viz.at(path));
  await page.locator(until).first().waitFor();
  const took = performance.now() - started;
  await context.close();
  return took;
}

/** Milliseconds between frames while the map is zoomed, each frame read back so that it was drawn. */
async function frames(page: Page): Promise<number[]> {
  await page.locator('[data-drawn="webgl"]').waitFor();
  return page.evaluate(async (wanted) => {
    const place = document.querySelector('[role="application"]')!;
    const canvas = place.querySelector("canvas")!;
    const gl = canvas.getContext("webgl2")!;
    const pixel = new Uint8Array(4);
    const next = (): Promise<number> => new Promise((done) => requestAnimationFrame(done));
    const taken: number[] = [];
    let before = await next();
    for (let i = 0; i < wanted; i++) {
      const { left, top, width, height } = place.getBoundingClientRect();
      const init = {
        deltaY: i % 20 < 10 ? -40 : 40,
        clientX: left + width / 2,
        clientY: top + height / 2,
        bubbles: true,
        cancelable: true,
      };
      place.dispatchEvent(new WheelEvent("wheel", init));
      const now = await next();
      gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
      taken.push(now - before);
      before = now;
    }
    return taken.slice(5);
  }, FRAMES);
}

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
const ms = (value: number): string => `${Math.round(value)} ms`;

const folder = await mkdtemp(join(tmpdir(), "ant-clio-bench-"));
await writeBigRun(folder, "dots-20k", 200);
await writeBigRun(folder, "dots-100k", 1_000);
const viz = await startViz(folder);
const browser = await openBrowser([`--remote-debugging-port=${DEBUG_PORT}`]);
try {
  const openings: string[][] = [];
  for (const [name, page, until, most] of [
    ["map", "map", "[data-drawn]", 2_000],
    ["tree", "hierarchy", '[role="treegrid"] [role="row"][data-id]', 1_000],
  ] as const) {
    const took: number[] = [];
    for (let i = 0; i < OPENINGS; i++)
      took.push(await opening(browser, viz, `/runs/dots-100k/${page}`, until));
    openings.push([name, ms(quantile(took, 0.5)), ms(Math.max(...took)), ms(most)]);
  }
  process.stdout.write(
    `Opening a run of 100,000 conversations and 1,000 base clusters, ${OPENINGS} times:\n\n`,
  );
  process.stdout.write(`${table(["page", "median", "slowest", "at most"], openings)}\n\n`);

  const drawn: string[][] = [];
  for (const [run, dots, most] of [
    ["dots-20k", "20,000", 75],
    ["dots-100k", "100,000", 200],
  ] as const) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await page.goto(viz.at(`/runs/${run}/map`));
    const taken = await frames(page);
    drawn.push([dots, ms(quantile(taken, 0.5)), ms(quantile(taken, 0.95)), ms(most)]);
    await context.close();
  }
  process.stdout.write(`Frames of the map while it is zoomed, software rendering:\n\n`);
  process.stdout.write(`${table(["dots", "median", "95th percentile", "at most"], drawn)}\n\n`);

  const scores: string[][] = [];
  for (const page of ["/runs", "/runs/dots-100k/overview", "/runs/dots-100k/hierarchy"]) {
    const result = await lighthouse(
      viz.at(page),
      { port: DEBUG_PORT, output: "json", logLevel: "error" },
      {
        ...desktopConfig,
        settings: {
          ...desktopConfig.settings,
          onlyCategories: ["performance", "accessibility", "best-practices"],
        },
      },
    );
    const { categories = {}, audits = {} } = result?.lhr ?? {};
    const score = (name: string): string => String(Math.round((categories[name]?.score ?? 0) * 100));
    for (const audit of Object.values(audits))
      if (audit.score !== null && audit.score < 0.9 && process.env["CLIO_AUDITS"] === "all")
        process.stderr.write(`${page} ${audit.id} ${audit.title}\n`);
    scores.push([
      page,
      score("performance"),
      score("accessibility"),
      score("best-practices"),
      audits["first-contentful-paint"]?.displayValue ?? "",
      audits["largest-contentful-paint"]?.displayValue ?? "",
    ]);
  }
  process.stdout.write("Lighthouse, desktop (at least 95, 100, 95):\n\n");
  process.stdout.write(
    `${table(["page", "performance", "accessibility", "best practices", "first paint", "largest paint"], scores)}\n`,
  );
} finally {
  await browser.close();
  await viz.close();
  await rm(folder, { recursive: true, force: true });
}
