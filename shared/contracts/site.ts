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
    domain: z
      .string()
      .regex(/^(?:https:\/\/[^/?#]+|http:\/\/127\.0\.0\.1:\d+)$/, "an origin over TLS, or of an emulator"),
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
  /** Origin that parts of uploads are put to, by addresses that the API signs; null: this one. */
  uploads: z
    .string()
    .regex(/^https?:\/\/[^/?#]+$/)
    .nullable(),
  auth: siteAuth,
});
export type SiteConfig = z.infer<typeof siteConfig>;

/** What the site's files are served as, by extension; it has no others. */
export const SITE_MEDIA_TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".json": "application/json",
};

/**
 * The policy that the site is served with, everywhere: everything from its own origin, no code or style made at runtime;
 * nothing embeds it, and it submits nowhere.
 * @param connectTo origins beside its own that it sends requests to: those of its `config.json`.
 */
export function contentSecurityPolicy(connectTo: readonly string[] = []): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    ["connect-src 'self'", ...connectTo].join(" "),
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
