import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type * as z from "zod";
import { artifacts } from "../../shared/contracts/artifacts.ts";
import { labeledClusters } from "../../shared/contracts/clusters.ts";
import { publishedClusters, publishedLatest } from "../../shared/contracts/published.ts";
import { conversation } from "../../shared/contracts/conversation.ts";
import { openBrowser, openPage, settled } from "./support/chromium.ts";
import { pagePaths } from "./support/pages.ts";
import { FULL_RUN } from "./support/prepare.ts";
import { startViz } from "./support/viz.ts";

/** What readers without any trust get to see, and what people who are trusted do by hand. */

const CORPUS = join(import.meta.dirname, "../../data/mock/conversations_2400.jsonl");
const LIMIT = 1200;
/** Characters of a message that nobody writes by chance. */
const QUOTED = 60;

let browser: Browser;
const runDir = (): string => join(inject("runsDir"), FULL_RUN);
const readJson = async <S extends z.ZodType>(path: string, schema: S): Promise<z.infer<S>> =>
  schema.parse(JSON.parse(await readFile(join(runDir(), path), "utf8")));

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** Texts of the run that no answer and no published file may hold: ids, users, what was said, names that were withheld. */
async function secrets(): Promise<string[]> {
  const found = new Set<string>();
  const lines = (await readFile(CORPUS, "utf8")).split("\n").slice(0, LIMIT);
  for (const line of lines) {
    const { conversation_id: id, user_id: user, messages } = conversation.parse(JSON.parse(line));
    found.add(`"${id}"`);
    if (user !== undefined) found.add(`"${user}"`);
    for (const { content } of messages) if (content.length >= QUOTED) found.add(content.slice(0, QUOTED));
  }
  const { generation } = await readJson("published/latest.json", publishedLatest);
  const published = await readJson(`published/${generation}/clusters.json`, publishedClusters);
  const shown = new Set(published.clusters.map(({ name }) => name));
  const labeled = await readJson("clusters/labeled_clusters.json", labeledClusters);
  for (const { name, description } of labeled.clusters) {
    if (name === null || shown.has(name)) continue;
    found.add(name);
    if (description !== null) found.add(description);
  }
  return [...found];
}

test(
  "what is withheld is in no answer, on no page and in no published file",
  { timeout: 240_000 },
  async () => {
    const withheld = await secrets();
    expect(withheld.length).toBeGreaterThan(2000);
    const bodies = new Map<string, string>();
    for (const entry of await readdir(join(runDir(), "published"), { recursive: true, withFileTypes: true }))
      if (entry.isFile()) {
        const file = join(entry.parentPath, entry.name);
        bodies.set(file, await readFile(file, "utf8"));
      }
    const files = bodies.size;

    const viz = await startViz(inject("runsDir"));
    const { page, context } = await openPage(browser, viz.at("/"));
    const reading: Promise<void>[] = [];
    page.on("response", (response) => {
      const url = new URL(response.url());
      if (!/^\/(?:api|data)\//.test(url.pathname)) return;
      reading.push(
        response.text().then(
          (text) => void bodies.set(url.pathname + url.search, text),
          // Of a request that the page gave up there is no answer.
          () => {},
        ),
      );
    });
    for (const path of Object.values(pagePaths(FULL_RUN))) {
      await page.goto(viz.origin + path);
      await settled(page);
      bodies.set(`page ${path}`, await page.locator("body").innerText());
    }
    // Whatever else the API has of a run.
    const get = async (path: string): Promise<Response> =>
      fetch(`${viz.origin}/api/runs/${FULL_RUN}${path}`, {
        headers: { authorization: `Bearer ${viz.token}` },
      });
    const { artifacts: listed } = (await (await get("/artifacts")).json()) as {
      artifacts: { path: string; holds: string }[];
    };
    for (const { path, holds } of listed) {
      // Made up for the evaluation, by the same sentences as the bundled corpus.
      if (path === artifacts.synthetic_conversations.path) continue;
      const response = await get(`/artifacts/${path}`);
      expect(response.status, path).toBe(holds === "raw" ? 403 : 206);
      bodies.set(`artifact ${path}`, await response.text());
    }
    for (const path of [
      "/conversations",
      "/conversations/0/reveal",
      "/log",
      "/events?limit=500",
      "/evaluation",
    ])
      bodies.set(path, await (await get(path)).text());
    await Promise.all(reading);
    await context.close();
    await viz.close();

    expect(bodies.size).toBeGreaterThan(files + 30);
    const leaks = [...bodies].flatMap(([where, text]) =>
      withheld.filter((secret) => text.includes(secret)).map((secret) => `${where}: ${secret}`),
    );
    expect(leaks).toEqual([]);
  },
);

test("single conversations are found, opened and read by the keyboard alone, and hidden again", async () => {
  const viz = await startViz(inject("runsDir"), ["--allow-raw-messages"]);
  const { page, context, complaints } = await openPage(browser, viz.at(`/runs/${FULL_RUN}/conversations`));
  await settled(page);
  const { keyboard } = page;
  const focused = (): Promise<string> =>
    page.evaluate(
      () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? "",
    );
  const tabTo = async (wanted: RegExp): Promise<void> => {
    for (let presses = 0; presses < 60; presses++) {
      if (wanted.test(await focused())) return;
      await keyboard.press("Tab");
    }
    throw new Error(`the keyboard does not come to ${String(wanted)}`);
  };
  await tabTo(/^Conversations$/);
  await tabTo(/\d+ messages ·/);
  const first = await focused();
  await keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: /^Conversation 0/ });
  await dialog.waitFor();
  // The focus is in the dialog and stays there.
  for (let presses = 0; presses < 12; presses++) {
    await keyboard.press("Tab");
    expect(
      await page.evaluate(
        // Between the last and the first of a modal dialog a browser has its own controls.
        () =>
          document.activeElement === document.body ||
          document.querySelector("dialog")?.contains(document.activeElement),
      ),
    ).toBe(true);
  }
  await dialog.getByLabel(/[Rr]eason|[Ww]hy/).focus();
  await keyboard.type("checking what was reported");
  await keyboard.press("Enter");
  await dialog.getByText("That you look at it was recorded.").waitFor();
  await tabTo(/^Hide now$/);
  await keyboard.press("Space");
  await dialog.getByText("That you look at it was recorded.").waitFor({ state: "detached" });
  await tabTo(/^Next$/);
  await keyboard.press("Enter");
  await page.getByRole("dialog", { name: /^Conversation 1/ }).waitFor();
  await keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  expect(await focused()).toBe(first);
  expect(complaints).toEqual([]);
  await context.close();
  await viz.close();
});
