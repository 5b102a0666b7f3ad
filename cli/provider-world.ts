import { providerEnvironment } from "../shared/contracts/provider-environment.ts";
import type { ProviderWorld } from "../shared/adapters/open-provider.ts";
import type { Io } from "./io.ts";
import type { SettingSources } from "./settings.ts";

/** What a provider opened by a command gets: keys from `.env` and the environment, all of the limits. */
export function providerWorld(
  io: Pick<Io, "clock" | "interrupt">,
  { variables }: Pick<SettingSources, "variables">,
): ProviderWorld {
  return {
    environment: async () =>
      providerEnvironment.parse(Object.fromEntries([...variables].map(([name, { text }]) => [name, text]))),
    clock: io.clock,
    random: Math.random,
    signal: io.interrupt,
    share: 1,
  };
}
