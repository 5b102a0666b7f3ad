import * as z from "zod";

/**
 * `config.json` beside the site's `index.html`: where its API and its data are, so that one bundle serves a laptop, CloudFront
 * and an emulator. Everything is on the site's own origin unless an address says otherwise.
 */
const basePath = z.string().regex(/^\/(?:[\w.-]+\/)*$/, "begins and ends with a slash");
const address = z.string().regex(/^(?:https?:\/\/[^/?#]+)?(?:\/[\w.@:-]+)+$/, "no slash at its end");

export const siteAuth = z.discriminatedUnion("mode", [
  /** Nobody is asked: an emulator on loopback. */
  z.strictObject({ mode: z.literal("none") }),
  /** The token in the fragment of the address that `clio viz` prints. */
  z.strictObject({ mode: z.literal("token") }),
  /** Cognito's hosted pages, authorization code with PKCE. */
  z.strictObject({
    mode: z.literal("cognito"),
    /** "https://<domain>.auth.<region>.amazoncognito.com" */
    domain: z.url({ protocol: /^https$/ }),
    client_id: z.string().min(1),
    scopes: z.array(z.string().min(1)).min(1),
  }),
]);
export type SiteAuth = z.infer<typeof siteAuth>;

export const siteConfig = z.strictObject({
  schema_version: z.literal("1.0.0"),
  /** Where the pages are: "/" but on an emulator. */
  base_path: basePath,
  /** "/api" */
  api: address,
  /** What published keys are appended to: "/data" */
  data: address,
  auth: siteAuth,
});
export type SiteConfig = z.infer<typeof siteConfig>;
