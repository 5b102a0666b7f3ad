import { join } from "node:path";
import { run } from "../../localstack/command.ts";
import { main } from "../../localstack/main.ts";
import { REQUIREMENTS, VENV } from "./paths.ts";

const HOOK = join(import.meta.dirname, "without-common.cmake");

/** llama.cpp comes as source: no more of it than the server loads, for this machine's processor. */
const BUILD = {
  CMAKE_ARGS: `-DGGML_NATIVE=ON -DGGML_OPENMP=OFF -DLLAVA_BUILD=OFF "-DCMAKE_PROJECT_llama.cpp_INCLUDE=${HOOK}"`,
  CMAKE_BUILD_PARALLEL_LEVEL: process.env["CMAKE_BUILD_PARALLEL_LEVEL"] ?? "2",
};

/** Makes the Python environment of the model, at the versions of requirements.txt; fine to repeat. */
await main(async () => {
  await run("python3", ["-m", "venv", VENV], process.env);
  const install = ["install", "--quiet", "--no-deps", "--requirement", REQUIREMENTS];
  await run(join(VENV, "bin/pip"), install, { ...process.env, ...BUILD });
});
