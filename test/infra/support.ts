import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { App } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { afterAll } from "vitest";
import type { ClioStacks } from "../../infra/clio-app.ts";
import { addStacks } from "../../infra/clio-app.ts";

const ROOT = resolve(import.meta.dirname, "../..");

export type Context = Readonly<Record<string, string>>;

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Folders as a build of the functions leaves them, with nothing in them that matters. */
function emptyAssets(folder: string): { light: string; encoder: string } {
  const assets = { light: join(folder, "light"), encoder: join(folder, "encoder") };
  for (const [name, path] of Object.entries(assets)) {
    mkdirSync(path);
    writeFileSync(join(path, "entry.mjs"), `// ${name}\n`);
  }
  return assets;
}

/** A site as its build leaves it. */
function emptySite(folder: string): string {
  const site = join(folder, "site");
  mkdirSync(join(site, "assets"), { recursive: true });
  writeFileSync(join(site, "index.html"), "<!doctype html>");
  writeFileSync(join(site, "assets", "main.js"), "");
  return site;
}

/** The app with the flags of `cdk.json`, as `cdk -c ...` makes it. */
export function clioApp(context: Context): { app: App; stacks: ClioStacks; assets: Record<string, string> } {
  const folder = mkdtempSync(join(tmpdir(), "clio-infra-"));
  folders.push(folder);
  const { context: flags } = JSON.parse(readFileSync(join(ROOT, "cdk.json"), "utf8")) as {
    context: Record<string, unknown>;
  };
  const app = new App({
    analyticsReporting: false,
    context: { ...flags, ...context },
    outdir: join(folder, "cdk.out"),
  });
  const assets = emptyAssets(folder);
  return { app, stacks: addStacks(app, assets, emptySite(folder)), assets };
}

export interface Resource {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
  readonly [attribute: string]: unknown;
}

export interface StackTemplate {
  readonly Resources: Record<string, Resource>;
  readonly [section: string]: unknown;
}

export function templatesOf(context: Context): Record<keyof ClioStacks, StackTemplate> {
  const { stacks } = clioApp(context);
  const templateOf = (name: keyof ClioStacks): StackTemplate =>
    Template.fromStack(stacks[name]).toJSON() as StackTemplate;
  return { data: templateOf("data"), pipeline: templateOf("pipeline"), web: templateOf("web") };
}

export function resourcesOf(template: StackTemplate, type: string): [string, Resource][] {
  return Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
}
