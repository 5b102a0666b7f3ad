import { execFile } from "node:child_process";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("..", import.meta.url));
const FOLDER = join(root, "shared/domain/kernel");
export const KERNEL_TS = join(FOLDER, "dots-wasm.ts");

/** Compiles `dots.as` and answers the TypeScript that holds it: WebAssembly of under 2 kB, the same bytes every time. */
export async function kernelModule(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "clio-kernel-"));
  try {
    // By its command: its types redeclare those of arrays for everybody.
    // It takes sources by their ending; our own checks must not take this one for TypeScript.
    const source = join(folder, "dots.ts");
    await copyFile(join(FOLDER, "dots.as"), source);
    const out = join(folder, "dots.wasm");
    const flags = [
      "-O3",
      "--converge",
      "--noAssert",
      "--runtime",
      "stub",
      "--enable",
      "simd",
      "--enable",
      "threads",
    ];
    await promisify(execFile)(process.execPath, [
      join(root, "node_modules/assemblyscript/bin/asc.js"),
      source,
      ...flags,
      "--importMemory",
      "--sharedMemory",
      "--maximumMemory",
      "65536",
      "-o",
      out,
    ]);
    const base64 = (await readFile(out)).toString("base64");
    return `// Made from dots.as by scripts/build-kernel.ts.\nexport const DOTS_WASM =\n  "${base64}";\n`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(KERNEL_TS, await kernelModule());
