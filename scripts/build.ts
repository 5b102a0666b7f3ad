import { chmod, rm } from "node:fs/promises";
import { build } from "esbuild";
import { buildSite } from "./build-site.ts";

/** Bundles the commands into dist/, and the site into dist/site: what `npx clio` runs, in a clone as in an installed package. Dependencies of the commands stay outside. */
await rm("dist", { recursive: true, force: true });
await build({
  entryPoints: {
    clio: "cli/clio.ts",
    "clio-generate-mock-data": "cli/generate-mock-data.ts",
    "clio-viz": "cli/clio-viz.ts",
    "encoder-worker": "shared/adapters/offline/encoder-worker.ts",
    "brief-worker": "shared/adapters/threads/brief-worker.ts",
    "compute-worker": "shared/adapters/threads/compute-worker.ts",
    "team-worker": "shared/adapters/threads/team-worker.ts",
  },
  outdir: "dist",
  bundle: true,
  splitting: true,
  // Beside the commands: the encoder finds its worker, and the word table its data, from where its chunk lies.
  chunkNames: "[name]-[hash]",
  platform: "node",
  format: "esm",
  target: "node22.12",
  packages: "external",
  logLevel: "warning",
});
await Promise.all(
  ["dist/clio.js", "dist/clio-generate-mock-data.js", "dist/clio-viz.js"].map((file) => chmod(file, 0o755)),
);
await buildSite();
