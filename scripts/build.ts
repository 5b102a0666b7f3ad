import { chmod, rm } from "node:fs/promises";
import { build } from "esbuild";

/** Bundles the commands into dist/: what `npx clio` runs, in a clone as in an installed package. Dependencies stay outside. */
await rm("dist", { recursive: true, force: true });
await build({
  entryPoints: {
    clio: "cli/clio.ts",
    "clio-generate-mock-data": "cli/generate-mock-data.ts",
    "encoder-worker": "shared/adapters/offline/encoder-worker.ts",
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
await Promise.all(["dist/clio.js", "dist/clio-generate-mock-data.js"].map((file) => chmod(file, 0o755)));
