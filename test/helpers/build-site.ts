import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const ROOT = resolve(import.meta.dirname, "../..");

/** Builds the site into `dist/site`, as it is for its users. */
export async function buildSite(): Promise<void> {
  const config = ["build", "-c", join(ROOT, "frontend/vite.config.ts"), "--logLevel", "warn"];
  // What tests say of themselves would make it a build for development.
  const env = { ...process.env, NODE_ENV: "production" };
  await promisify(execFile)(process.execPath, [join(ROOT, "node_modules/vite/bin/vite.js"), ...config], {
    env,
  });
}
