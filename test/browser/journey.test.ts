import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Browser } from "playwright-core";
import { temporaryFolder } from "../helpers/temporary-folder.ts";
import type { TemporaryFolder } from "../helpers/temporary-folder.ts";
import { openBrowser, openPage, settled } from "./support/chromium.ts";
import { startViz } from "./support/viz.ts";
import type { Viz } from "./support/viz.ts";

const SAMPLE = resolve(import.meta.dirname, "../../data/mock/conversations_llm_200.jsonl");

let browser: Browser;
let viz: Viz;
let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await temporaryFolder();
  await mkdir(join(folder.path, "runs"));
  browser = await openBrowser();
  viz = await startViz(join(folder.path, "runs"));
});
afterAll(async () => {
  await browser.close();
  await viz.close();
  await folder.remove();
});

test("from an empty folder over a dropped file to its groups, through a reload and another server", async () => {
  const first = await openPage(browser, viz.at("/"));
  let { page } = first;
  // Nothing there yet: the page says what to do.
  await page.getByText("No run yet").waitFor();
  await page.getByRole("main").getByRole("link", { name: "New run" }).click();

  // A file that is not right is refused before anything is sent.
  const wrong = join(folder.path, "wrong.jsonl");
  await writeFile(wrong, '{"conversation_id":"a","messages":[]}\nnot json\n');
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() !== "GET") sent.push(request.url());
  });
  await page.getByLabel("File of conversations").setInputFiles(wrong);
  await page.getByText(/2 of 2 lines are not right/).waitFor();
  await page.getByText("A line is not valid JSON.").waitFor();
  expect(await page.getByRole("button", { name: "Start the run" }).isDisabled()).toBe(true);
  expect(sent).toEqual([]);
  await page.getByRole("button", { name: "Another one" }).click();

  // The right one: checked, estimated, started.
  const input = join(folder.path, "chats of may.jsonl");
  await copyFile(SAMPLE, input);
  await page.getByLabel("File of conversations").setInputFiles(input);
  await page.getByText("Every line is right").waitFor();
  expect(sent).toEqual([]);
  await page.getByRole("button", { name: /Strict/ }).click();
  await page.getByText("--min-users 20").waitFor();
  await page.getByRole("button", { name: "Standard" }).click();
  await page.getByLabel("min conversations").fill("8");
  await page.getByText("--min-conversations 8").waitFor();
  await page.getByRole("button", { name: "Send the file and estimate" }).click();
  await page.getByText("nothing: answered on this machine").waitFor();
  await page.getByRole("button", { name: "Start the run" }).dblclick();

  // Watched, through a reload.
  await page.waitForURL(/\/runs\/run-[0-9a-f]{16}\/progress/);
  const { pathname } = new URL(page.url());
  const runId = pathname.split("/")[2]!;
  await page.getByRole("heading", { name: "Phases" }).waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "Phases" }).waitFor();
  expect(first.foreign).toEqual([]);
  expect(first.complaints).toEqual([]);
  await first.context.close();
  await viz.close();
  viz = await startViz(join(folder.path, "runs"));
  const second = await openPage(browser, viz.at(pathname));
  ({ page } = second);
  await page.getByText("What it found is published.").waitFor({ timeout: 120_000 });
  await page.getByRole("log", { name: "Log of the run" }).waitFor();

  // Explored.
  await page.getByRole("main").getByRole("link", { name: "Overview" }).click();
  await page.getByRole("heading", { name: "What people ask for" }).waitFor();
  await page.getByText("chats of may.jsonl").waitFor();
  await page.keyboard.press("g");
  await page.keyboard.press("m");
  await page.getByRole("application").waitFor();
  await page.keyboard.press("/");
  await page.getByRole("combobox", { name: /Search/ }).fill("privacy");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Privacy", level: 1 }).waitFor();

  // One run for one file, however often Start was pressed; and gone when it is deleted.
  await page.getByRole("link", { name: "Runs", exact: true }).click();
  await settled(page);
  expect(await page.getByRole("row").count()).toBe(2);
  await page.getByRole("button", { name: `Delete ${runId}` }).click();
  await page.getByText(/files go/).waitFor();
  await page.getByRole("button", { name: "Delete the run" }).click();
  await page.getByText("No run yet").waitFor();
  expect(second.foreign).toEqual([]);
  expect(second.complaints).toEqual([]);
  await second.context.close();
});

test("without the token nothing is shown, and the page says what to do", async () => {
  const { page, context } = await openPage(browser, `${viz.origin}/runs`);
  await page.getByText("This address has no valid token.").waitFor();
  expect(await page.getByRole("table").count()).toBe(0);
  await context.close();
});

test("the token leaves the address bar, and stays for this tab", async () => {
  const { page, context } = await openPage(browser, viz.at("/runs"));
  await settled(page);
  expect(page.url()).not.toContain("token");
  await page.reload();
  await settled(page);
  expect(await page.getByRole("alert").count()).toBe(0);
  await context.close();
});
