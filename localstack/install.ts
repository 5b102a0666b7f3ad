import { join } from "node:path";
import { run } from "./command.ts";
import { main } from "./main.ts";
import { ROOT, VENV } from "./paths.ts";

/** Makes the emulator's Python environment, at the versions of requirements.txt; fine to repeat. */
await main(async () => {
  await run("python3", ["-m", "venv", VENV], process.env);
  const requirements = join(ROOT, "localstack/requirements.txt");
  await run(join(VENV, "bin/pip"), ["install", "--quiet", "--requirement", requirements], process.env);
});
