import { fileURLToPath } from "node:url";
import { build } from "vite";

/** Builds the site into dist/site. */
export async function buildSite(): Promise<void> {
  await build({
    configFile: fileURLToPath(new URL("../frontend/vite.config.ts", import.meta.url)),
    logLevel: "warn",
  });
}
