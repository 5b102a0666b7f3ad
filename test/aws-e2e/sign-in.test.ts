import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasMinistack, startMinistack } from "../helpers/ministack.ts";
import type { Ministack } from "../helpers/ministack.ts";
import { buildSite } from "../helpers/build-site.ts";
import { CAPABILITIES } from "../helpers/api-app.ts";
import { openBrowser, settled } from "../browser/support/chromium.ts";
import { PERSON, openSignInSite } from "./sign-in-site.ts";
import type { SignInSite } from "./sign-in-site.ts";

describe.skipIf(!hasMinistack())("signing in with a user pool of an emulator", () => {
  let browser: Browser;
  let ministack: Ministack;
  let site: SignInSite;
  beforeAll(async () => {
    [browser, ministack] = await Promise.all([openBrowser(), startMinistack(), buildSite()]);
    site = await openSignInSite(ministack, {
      capabilities: async () => ({ ...CAPABILITIES, where: "aws" }),
      listRuns: async () => ({ runs: [], cursor: null }),
    });
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
    await ministack?.stop();
  });

  async function signIn(path: string): Promise<Page> {
    const page = await (await browser.newContext()).newPage();
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(site.origin + path);
    await page.waitForURL(`${ministack.endpoint}/**`);
    return page;
  }
  async function enter(page: Page, password: string): Promise<void> {
    await page.getByLabel("Username").fill(PERSON.name);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
  }
  const complaints: string[] = [];

  test("who is not signed in comes to the pool's page, signs in there, and is where they wanted to be", async () => {
    const page = await signIn("/ingest?from=a%20link");
    const asked = new URL(page.url()).searchParams;
    expect(asked.get("code_challenge_method")).toBe("S256");
    expect(asked.get("redirect_uri")).toBe(`${site.origin}/`);
    expect(asked.get("client_secret")).toBeNull();
    // Nothing was asked of the API before anybody had signed in.
    expect(site.answered).toEqual([]);

    await enter(page, PERSON.password);
    await page.waitForURL(`${site.origin}/ingest?from=a%20link`);
    await settled(page);
    // Neither code nor token stays where histories, bookmarks and logs see it.
    expect(page.url()).not.toMatch(/code=|token|state=/);
    expect(site.answered.length).toBeGreaterThan(0);
    expect(site.answered.filter(({ status }) => status >= 400)).toEqual([]);

    await page.reload();
    await settled(page);
    expect(new URL(page.url()).origin).toBe(site.origin);
    expect(complaints).toEqual([]);
  });

  test("a token that the API refuses is renewed, and where that fails somebody signs in again", async () => {
    const page = await signIn("/runs");
    await enter(page, PERSON.password);
    await page.waitForURL(`${site.origin}/runs`);
    await settled(page);
    const spoil = (what: object): Promise<unknown> =>
      page.evaluate(
        `sessionStorage["clio.session"] = JSON.stringify({ ...JSON.parse(sessionStorage["clio.session"]), ...${JSON.stringify(what)} })`,
      );
    site.answered.length = 0;
    await spoil({ access: "not.a.token" });
    await page.reload();
    await settled(page);
    expect(site.answered.map(({ status }) => status)).toContain(401);
    expect(site.answered.at(-1)?.status).toBeLessThan(400);

    await spoil({ access: "not.a.token", refresh: "nor this" });
    await page.reload();
    await page.waitForURL(`${ministack.endpoint}/**`);
    expect(complaints).toEqual([]);
  });

  test("an answer that nobody here asked for signs nobody in", async () => {
    const page = await signIn("/runs");
    await page.goto(`${site.origin}/?code=somebody-elses&state=made-up`);
    // It asks anew, with a state of its own.
    await page.waitForURL(`${ministack.endpoint}/**`);
    expect(new URL(page.url()).searchParams.get("state")).not.toBe("made-up");
  });

  test("who signs out leaves nothing in the tab, and has to sign in again", async () => {
    const page = await signIn("/runs");
    await enter(page, PERSON.password);
    await page.waitForURL(`${site.origin}/runs`);
    await settled(page);
    const left = page.waitForRequest((request) => request.url().startsWith(`${ministack.endpoint}/logout`));
    await page.getByRole("button", { name: "Sign out" }).click();
    const asked = new URL((await left).url()).searchParams;
    expect(asked.get("logout_uri")).toBe(`${site.origin}/`);
    await page.waitForURL(`${ministack.endpoint}/**`);
    await page.goto(`${site.origin}/runs`);
    await page.waitForURL(`${ministack.endpoint}/oauth2/authorize**`);
  });
});
