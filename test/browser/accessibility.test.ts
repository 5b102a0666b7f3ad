import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { Browser, Page } from "playwright-core";
import { violations } from "./support/axe.ts";
import { openBrowser, openPage, settled } from "./support/chromium.ts";
import { pagePaths } from "./support/pages.ts";
import { FULL_RUN } from "./support/prepare.ts";
import { startViz } from "./support/viz.ts";
import type { Viz } from "./support/viz.ts";

let browser: Browser;
let viz: Viz;

beforeAll(async () => {
  browser = await openBrowser();
  viz = await startViz(inject("runsDir"));
});
afterAll(async () => {
  await browser.close();
  await viz.close();
});

const THEMES = ["light", "dark"] as const;
const PATHS = Object.entries(pagePaths(FULL_RUN));

const PROBLEM = {
  type: "about:blank",
  title: "Something went wrong",
  status: 500,
  code: "internal",
  reason: null,
  detail: "Something went wrong in the server.",
  hint: null,
  fields: [],
  request_id: "test-request",
};

/** How the server behaves in a state of the pages. */
const STATES: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  loading: async (page) => {
    // Never answered: the page stays as it is while it waits.
    await page.route(/\/(?:api|data)\//, () => {});
  },
  error: async (page) => {
    await page.route(/\/(?:api|data)\//, (route) =>
      route.fulfill({ status: 500, contentType: "application/problem+json", body: JSON.stringify(PROBLEM) }),
    );
  },
  empty: async (page) => {
    await page.route(/\/data\//, (route) => route.fulfill({ status: 404, body: "" }));
    await page.route(/\/api\/runs(?:\?|$)/, (route) => route.fulfill({ json: { runs: [], cursor: null } }));
    await page.route(/\/api\/runs\/[^/]+\/evaluation$/, (route) =>
      route.fulfill({
        status: 404,
        contentType: "application/problem+json",
        body: JSON.stringify({ ...PROBLEM, status: 404, code: "not_found" }),
      }),
    );
    await page.route(/\/api\/runs\/[^/]+\/artifacts$/, (route) =>
      route.fulfill({ json: { artifacts: [], missing: [] } }),
    );
    await page.route(/\/events\?/, (route) => route.fulfill({ json: { events: [], next: 0 } }));
  },
};

describe.each(THEMES)("in the %s theme", (theme) => {
  test.each(PATHS)("%s, full, breaks no rule of WCAG 2.2 AA", async (_name, path) => {
    const { page, context, complaints, foreign } = await openPage(browser, viz.at(path), { theme });
    await settled(page);
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    expect(foreign).toEqual([]);
    await context.close();
  });

  describe.each(Object.keys(STATES))("%s", (state) => {
    test.each(PATHS)("%s breaks no rule of WCAG 2.2 AA", async (_name, path) => {
      const { page, context } = await openPage(browser, viz.at("/config.json"), { theme });
      await STATES[state]!(page);
      await page.goto(viz.at(path));
      await page.locator("main").waitFor();
      if (state === "error") await page.getByRole("alert").first().waitFor();
      if (state === "loading") await page.locator('main [role="status"]').first().waitFor();
      if (state === "empty") await settled(page);
      expect(await violations(page)).toEqual([]);
      await context.close();
    });
  });

  test.each(PATHS)("%s fits a phone without scrolling sideways", async (_name, path) => {
    const { page, context } = await openPage(browser, viz.at(path), { theme, width: 390, height: 844 });
    await settled(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(await violations(page)).toEqual([]);
    await context.close();
  });
});
