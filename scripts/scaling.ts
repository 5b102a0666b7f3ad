import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { scalingPage } from "./scaling/page.ts";

/** Writes docs/scaling.md. */
await writeFile(join(import.meta.dirname, "..", "docs", "scaling.md"), scalingPage());
