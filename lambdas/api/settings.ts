import { runConfig } from "../../shared/config.ts";
import type { RunConfig } from "../../shared/config.ts";
import { UsageError } from "../../shared/errors.ts";
import { unfitKeys } from "../run-settings.ts";

/** Settings as the page gave them. Throws UsageError "bad_config" that names those that do not fit. */
export function checkedSettings(given: Readonly<Record<string, unknown>>): RunConfig {
  const read = runConfig.safeParse(given);
  if (read.success) return read.data;
  const keys = new Set(unfitKeys(read.error));
  throw new UsageError(`these settings do not fit: ${[...keys].slice(0, 5).join(", ")}`, {
    code: "bad_config",
    hint: "clio info lists the settings and what each takes.",
  });
}
