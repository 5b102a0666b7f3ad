import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { Browser } from "playwright-core";
import { temporaryFolder } from "../helpers/temporary-folder.ts";
import type { TemporaryFolder } from "../helpers/temporary-folder.ts";
import { openBrowser, openPage, settled } from "./support/chromium.ts";
import { HOSTILE, hostileCopy } from "./support/hostile-run.ts";
import { pagePaths } from "./support/pages.ts";
import { FULL_RUN } from "./support/prepare.ts";
import { startViz } from "./support/viz.ts";
import type { Viz } from "./support/viz.ts";

let browser: Browser;
let viz: Viz;
let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await temporaryFolder();
  await hostileCopy(inject("runsDir"), FULL_RUN, folder.path);
  browser = await openBrowser();
  viz = await startViz(folder.path, ["--allow-raw-messages"]);
});
afterAll(async () => {
  await browser.close();
  await viz.close();
  await folder.remove();
});

test.each(Object.entries(pagePaths(FULL_RUN)))("%s shows hostile texts as texts", async (_name, path) => {
  for (const width of [1440, 390]) {
    const { page, context, foreign, complaints } = await openPage(browser, viz.at(path), { width });
    page.on("dialog", () => complaints.push("a dialog opened"));
    await settled(page);
    await page.waitForLoadState("networkidle");
    expect(await page.evaluate(() => (globalThis as { hacked?: string }).hacked)).toBeUndefined();
    expect(await page.locator('main img[src="x"], main script, main a[href^="javascript:"]').count()).toBe(0);
    expect(foreign).toEqual([]);
    expect(complaints).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await context.close();
  }
});

test("a hostile name is there in full for those who read it", async () => {
  const { page, context } = await openPage(browser, viz.at(`/runs/${FULL_RUN}/hierarchy`));
  await settled(page);
  await expect.poll(() => page.getByText(HOSTILE.image, { exact: false }).count()).toBeGreaterThan(0);
  await context.close();
});
