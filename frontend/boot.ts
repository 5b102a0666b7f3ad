import { siteConfig } from "../shared/contracts/site.ts";
import type { SiteConfig } from "../shared/contracts/site.ts";
import { openAuth } from "./api/auth.ts";
import type { Auth } from "./api/auth.ts";

export interface Booted {
  readonly config: SiteConfig;
  readonly auth: Auth;
}

/** Reads `config.json`, which lies beside `index.html`: one folder above the scripts. */
export async function boot(): Promise<Booted> {
  const address = import.meta.env.DEV
    ? new URL("/config.json", location.origin)
    : new URL(/* @vite-ignore */ "../config.json", import.meta.url);
  const response = await fetch(address, { cache: "no-cache" });
  if (!response.ok) throw new Error(`config.json answered ${response.status}`);
  const config = siteConfig.parse(await response.json());
  return { config, auth: await openAuth(config) };
}
