import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";
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
  await promisify(execFile)(
    process.execPath,
    [
      join(ROOT, "node_modules/vite/bin/vite.js"),
      "build",
      "-c",
      join(ROOT, "frontend/vite.config.ts"),
      "--logLevel",
      "warn",
      // What tests say of themselves would make it a build for development.
    ],
    { env: { ...process.env, NODE_ENV: "production" } },
  );
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
