import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { Browser, Page } from "playwright-core";
import { clio } from "../helpers/clio.ts";
import { WITHOUT_WEBGL, openBrowser, openPage, settled } from "./support/chromium.ts";
import { FULL_RUN } from "./support/prepare.ts";
import { startViz } from "./support/viz.ts";
import type { Viz } from "./support/viz.ts";

const MAP = `/runs/${FULL_RUN}/map`;
const TREE = `/runs/${FULL_RUN}/hierarchy`;
let browser: Browser;
let plain: Browser;
let viz: Viz;

beforeAll(async () => {
  browser = await openBrowser();
  plain = await openBrowser(WITHOUT_WEBGL);
  viz = await startViz(inject("runsDir"));
});
afterAll(async () => {
  await browser.close();
  await plain.close();
  await viz.close();
});

/** What the open menu saves as a picture. */
async function savedPicture(page: Page): Promise<Buffer> {
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Picture as PNG" }).click(),
  ]);
  const png = await readFile(await saved.path());
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  return png;
}

/** The map's own picture: what draws it, and how many of its pixels have a dot. */
async function drawn(page: Page): Promise<{ by: string | null; pixels: number }> {
  await page.locator("[data-drawn]").waitFor();
  return page.evaluate(() => {
    const frame = document.querySelector("[data-drawn]")!;
    const canvas = frame.querySelector("canvas")!;
    const copy = document.createElement("canvas");
    copy.width = canvas.width;
    copy.height = canvas.height;
    const context = copy.getContext("2d")!;
    context.drawImage(canvas, 0, 0);
    const { data } = context.getImageData(0, 0, copy.width, copy.height);
    let pixels = 0;
    for (let i = 3; i < data.length; i += 4) if (data[i]! > 60) pixels += 1;
    return { by: frame.getAttribute("data-drawn"), pixels };
  });
}

describe("the map", () => {
  test("is drawn by WebGL, with names over it", async () => {
    const { page, context } = await openPage(browser, viz.at(MAP));
    await settled(page);
    expect((await drawn(page)).by).toBe("webgl");
    // A WebGL picture is gone from its buffer after it was shown: what the eye sees is taken.
    const shot = await page.locator('[role="application"]').screenshot();
    expect(shot.length).toBeGreaterThan(10_000);
    expect(
      await page.getByRole("list", { name: "Names on the map" }).getByRole("button").count(),
    ).toBeGreaterThan(3);
    await context.close();
  });

  test("is drawn on a plain canvas where there is no WebGL, and says so", async () => {
    const { page, context, complaints } = await openPage(plain, viz.at(MAP));
    await settled(page);
    const { by, pixels } = await drawn(page);
    expect(by).toBe("canvas");
    expect(pixels).toBeGreaterThan(1_000);
    await page.getByText("This browser has no WebGL").waitFor();
    await page.getByRole("list", { name: "Names on the map" }).getByRole("button").first().click();
    await page.getByRole("complementary", { name: "The selected group" }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("goes on with a plain canvas when the graphics are lost, and comes back", async () => {
    const { page, context } = await openPage(browser, viz.at(MAP));
    await settled(page);
    expect((await drawn(page)).by).toBe("webgl");
    await page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>("[data-drawn] canvas")!;
      canvas.getContext("webgl2")!.getExtension("WEBGL_lose_context")!.loseContext();
    });
    await page.locator('[data-drawn="canvas"]').waitFor();
    expect((await drawn(page)).pixels).toBeGreaterThan(1_000);
    await page.locator('[data-drawn="webgl"]').waitFor();
    await context.close();
  });

  test("is walked over and read by keys alone", async () => {
    const { page, context } = await openPage(browser, viz.at(MAP));
    await settled(page);
    await page.getByRole("application").focus();
    await page.keyboard.press("ArrowRight");
    const said = page.getByRole("application").locator("..").getByRole("status");
    await expect
      .poll(() => said.allTextContents())
      .toEqual(expect.arrayContaining([expect.stringMatching(/conversations, /)]));
    await page.keyboard.press("Enter");
    const inspector = page.getByRole("complementary", { name: "The selected group" });
    await inspector.waitFor();
    expect(new URL(page.url()).searchParams.get("sel")).toMatch(/^c:[cp][0-9a-f]{12}$/);
    await page.keyboard.press("+");
    await expect.poll(() => new URL(page.url()).searchParams.get("v")).not.toBeNull();
    // Escape takes one thing back at a time: first where the keys stand, then the selection.
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await inspector.waitFor({ state: "detached" });
    await context.close();
  });

  test("a line around groups selects them, and its address shows the same again", async () => {
    const { page, context } = await openPage(browser, viz.at(MAP));
    await settled(page);
    await page.getByRole("button", { name: "Draw a lasso" }).click();
    const box = (await page.getByRole("application").boundingBox())!;
    const at = (x: number, y: number): [number, number] => [box.x + box.width * x, box.y + box.height * y];
    await page.mouse.move(...at(0.15, 0.1));
    await page.mouse.down();
    for (const [x, y] of [
      [0.85, 0.1],
      [0.85, 0.6],
      [0.5, 0.7],
      [0.15, 0.6],
      [0.15, 0.12],
    ] as const)
      await page.mouse.move(...at(x, y), { steps: 8 });
    await page.mouse.up();
    const panel = page.getByRole("complementary", { name: "The groups inside the line" });
    await panel.waitFor();
    const found = await panel.getByRole("heading", { level: 2 }).textContent();
    expect(found).toMatch(/^\d+ groups? inside/);
    const again = await openPage(browser, `${page.url()}#token=${viz.token}`);
    await expect
      .poll(() =>
        again.page
          .getByRole("complementary", { name: "The groups inside the line" })
          .getByRole("heading", { level: 2 })
          .textContent(),
      )
      .toBe(found);
    await context.close();
    await again.context.close();
  });

  test("shares selection and filter with the tree", async () => {
    const { page, context } = await openPage(browser, viz.at(MAP));
    await settled(page);
    await page.getByRole("region", { name: "Colours" }).getByRole("button").first().click();
    const inspector = page.getByRole("complementary", { name: "The selected group" });
    const name = await inspector.getByRole("heading", { level: 2 }).textContent();
    await page.getByRole("link", { name: "Hierarchy", exact: true }).click();
    await page.getByRole("treegrid").waitFor();
    expect(await inspector.getByRole("heading", { level: 2 }).textContent()).toBe(name);
    expect(await page.getByRole("row", { selected: true }).count()).toBe(1);
    await page.goBack();
    await page.getByRole("application").waitFor();
    expect(await inspector.getByRole("heading", { level: 2 }).textContent()).toBe(name);
    await context.close();
  });
});

describe("the tree", () => {
  test("is walked by keys as a treegrid is", async () => {
    const { page, context } = await openPage(browser, viz.at(`${TREE}?open=none`));
    await settled(page);
    const rows = page.getByRole("treegrid").getByRole("row");
    const before = await rows.count();
    await rows.nth(1).focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => rows.count()).toBeGreaterThan(before);
    await page.keyboard.press("ArrowRight");
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-level")))
      .toBe("2");
    await page.keyboard.press("Enter");
    await page.getByRole("complementary", { name: "The selected group" }).waitFor();
    await page.keyboard.press("ArrowLeft");
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-level")))
      .toBe("1");
    await page.keyboard.press("End");
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-rowindex")))
      .toBe(await page.getByRole("treegrid").getAttribute("aria-rowcount"));
    await context.close();
  });

  test("finds groups by words, and keeps what is above them", async () => {
    const { page, context } = await openPage(browser, viz.at(TREE));
    await settled(page);
    const all = await page.getByRole("treegrid").getAttribute("aria-rowcount");
    await page.getByRole("searchbox", { name: "Find groups" }).fill("plan");
    await page.getByText(/groups? fits? “plan”|groups fit “plan”/).waitFor();
    const found = await page.getByRole("treegrid").getAttribute("aria-rowcount");
    expect(Number(found)).toBeGreaterThan(1);
    expect(await page.getByRole("row", { expanded: true }).count()).toBeGreaterThan(0);
    expect(found).not.toBe(all);
    await context.close();
  });
});

/** What a reader of the screen is told: a promise, kept as files. */
describe("aria snapshots", () => {
  test.each([
    ["map", MAP, '[aria-roledescription="map"] >> xpath=..'],
    ["hierarchy", TREE, '[role="treegrid"]'],
  ])("%s tells what the picture tells", async (name, path, selector) => {
    const { page, context } = await openPage(browser, viz.at(path));
    await settled(page);
    await page.locator(selector).waitFor();
    if (name === "map") await page.locator("[data-drawn]").waitFor();
    const snapshot = await page.locator(selector).ariaSnapshot();
    await expect(`${snapshot}\n`).toMatchFileSnapshot(
      join(import.meta.dirname, "golden", `${name}.aria.yml`),
    );
    await context.close();
  });
});

describe("what is taken away", () => {
  test("the table of the page is that of the command line, filter and all", async () => {
    const { page, context } = await openPage(browser, viz.at(`${TREE}?f=language:en`));
    await settled(page);
    await page.getByRole("button", { name: "Export" }).click();
    const [saved] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Table as CSV" }).click(),
    ]);
    expect(saved.suggestedFilename()).toBe(`${FULL_RUN}-groups.csv`);
    const csv = await readFile(await saved.path(), "utf8");
    const told = await clio([
      "export",
      "--run-id",
      FULL_RUN,
      "--runs-dir",
      inject("runsDir"),
      "--where",
      "language=en",
    ]);
    expect(told.code).toBe(0);
    expect(csv).toBe(told.stdout);
    expect(csv).toContain("# filter language=en");
    await context.close();
  });

  test("a picture of the bands is a PNG; the tree, which is text, has none", async () => {
    const { page, context } = await openPage(browser, viz.at(`/runs/${FULL_RUN}/hierarchy`));
    await settled(page);
    await page.getByRole("button", { name: "Export" }).click();
    await page.getByRole("button", { name: "Table as CSV" }).waitFor();
    expect(await page.getByRole("button", { name: "Picture as PNG" }).count()).toBe(0);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Bands" }).click();
    await page.getByRole("button", { name: "Export" }).click();
    const png = await savedPicture(page);
    expect(png.length).toBeGreaterThan(20_000);
    await context.close();
  });

  test("a picture of the map is a PNG with more than a ground on it", async () => {
    for (const each of [browser, plain]) {
      const { page, context } = await openPage(each, viz.at(MAP));
      await settled(page);
      await page.locator("[data-drawn]").waitFor();
      await page.getByRole("button", { name: "Export" }).click();
      const png = await savedPicture(page);
      expect(png.length).toBeGreaterThan(40_000);
      await context.close();
    }
  });
});
