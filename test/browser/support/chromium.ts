import { chromium } from "playwright-core";
import type { Browser, BrowserContext, Page } from "playwright-core";

/** Debian's package, or what the environment names. */
const EXECUTABLE = process.env["CHROME_PATH"] ?? "/usr/bin/chromium";
const FLAGS = ["--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader"];

export async function openBrowser(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: EXECUTABLE, args: [...FLAGS, ...more] });
}

/** Without any 3D: WebGL is absent, Canvas is not. */
export const WITHOUT_WEBGL = ["--disable-3d-apis"];

export interface PageLook {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: "light" | "dark";
}

export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Addresses of another origin that the page asked for. */
  readonly foreign: string[];
  /** What the page complained about. */
  readonly complaints: string[];
}

const SMALLEST_HEIGHT = 900;

/** A page in a context of its own that notes what it asks for elsewhere and what goes wrong in it. */
export async function openPage(
  browser: Browser,
  url: string,
  { width = 1440, height = SMALLEST_HEIGHT, theme = "light" }: PageLook = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: "reduce",
    deviceScaleFactor: 1,
    acceptDownloads: true,
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const page = await context.newPage();
  const { origin } = new URL(url);
  const foreign: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => {
    const to = request.url();
    if (!to.startsWith(`${origin}/`) && !to.startsWith("data:") && !to.startsWith("blob:")) foreign.push(to);
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    // Answers that are no success are told by the page itself.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      complaints.push(message.text());
  });
  await page.goto(url);
  return { page, context, foreign, complaints };
}

/** Waits until the page's content stands: its heading, and nothing that is still loading. */
export async function settled(page: Page): Promise<void> {
  await page.locator("main h1").first().waitFor();
  await page.locator('main [role="status"][aria-label^="Loading"]').first().waitFor({ state: "detached" });
}
