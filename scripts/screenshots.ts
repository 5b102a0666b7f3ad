import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { openBrowser, openPage, settled } from "../test/browser/support/chromium.ts";
import { pagePaths } from "../test/browser/support/pages.ts";
import { startViz } from "../test/browser/support/viz.ts";

/**
 * Pictures of every page, light and dark, at the widths of a desk and of a phone: `docs/images/`.
 * node scripts/screenshots.ts --runs-dir runs --run-id demo [--only map] [--to docs/images]
 */
const { values } = parseArgs({
  options: {
    "runs-dir": { type: "string", default: "runs" },
    "run-id": { type: "string", default: "demo" },
    only: { type: "string" },
    to: { type: "string", default: "docs/images" },
  },
});
const WIDTHS = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const;

const folder = resolve(values.to);
await mkdir(folder, { recursive: true });
const viz = await startViz(resolve(values["runs-dir"]));
const browser = await openBrowser();
try {
  for (const [name, path] of Object.entries(pagePaths(values["run-id"]))) {
    if (values.only !== undefined && values.only !== name) continue;
    for (const { width, height } of WIDTHS) {
      for (const theme of ["light", "dark"] as const) {
        const { page, context } = await openPage(browser, viz.at(path), { width, height, theme });
        await settled(page);
        await page.waitForLoadState("networkidle");
        await page.screenshot({ path: join(folder, `${name}-${theme}-${width}.png`) });
        await context.close();
      }
    }
  }
} finally {
  await browser.close();
  await viz.close();
}
