import { join } from "node:path";
import { run } from "../../localstack/command.ts";
import { main } from "../../localstack/main.ts";
import { REQUIREMENTS, VENV } from "./paths.ts";

const HOOK = join(import.meta.dirname, "without-common.cmake");

/**
 * llama.cpp comes as source: no more of it than the server loads. For AVX2 and no newer unit of a processor: what it makes for AMX
 * ends by a segmentation fault at the first question, and what is made for one processor need not run on another.
 */
const BUILD = {
  CMAKE_ARGS: `-DGGML_NATIVE=OFF -DGGML_OPENMP=OFF -DLLAVA_BUILD=OFF "-DCMAKE_PROJECT_llama.cpp_INCLUDE=${HOOK}"`,
  CMAKE_BUILD_PARALLEL_LEVEL: process.env["CMAKE_BUILD_PARALLEL_LEVEL"] ?? "2",
};

/** Makes the Python environment of the model, at the versions of requirements.txt; fine to repeat. */
await main(async () => {
  await run("python3", ["-m", "venv", VENV], process.env);
  // A wheel that pip has kept may have been made with other settings, which are no part of its name.
  const install = ["install", "--quiet", "--no-cache-dir", "--no-deps", "--requirement", REQUIREMENTS];
  await run(join(VENV, "bin/pip"), install, { ...process.env, ...BUILD });
});
