import { join, resolve } from "node:path";
import type { TestProject } from "vitest/node";
import { buildSite } from "../../helpers/build-site.ts";
import { clio } from "../../helpers/clio.ts";
import { temporaryFolder } from "../../helpers/temporary-folder.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A folder of runs that tests read and none changes: a whole run with its evaluation. */
    runsDir: string;
  }
}

const ROOT = resolve(import.meta.dirname, "../../..");
export const FULL_RUN = "full";

/** Builds the site, and makes the run that most pages are looked at with. */
export default async function prepare(project: TestProject): Promise<() => Promise<void>> {
  await buildSite();
  const folder = await temporaryFolder();
  const runsDir = join(folder.path, "runs");
  const flags = `--run-id ${FULL_RUN} --with-hierarchy --with-privacy --with-eval --eval-count 200 --limit 1200 --quiet`;
  const input = join(ROOT, "data/mock/conversations_2400.jsonl");
  const made = await clio(["run", "--input", input, "--runs-dir", runsDir, ...flags.split(" ")]);
  if (made.code !== 0)
    throw new Error(`the run for the browser tests ended with ${made.code}: ${made.stderr}`);
  project.provide("runsDir", runsDir);
  return () => folder.remove();
}
