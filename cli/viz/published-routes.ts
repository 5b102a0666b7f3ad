import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Hono } from "hono";
import type { ApiEnv } from "../../lambdas/api/app.ts";
import { Refusal } from "../../lambdas/api/problems.ts";
import { parsePublishedKey } from "../../shared/keys.ts";
import type { ObjectStore } from "../../shared/ports/object-store.ts";

/** Smaller files are not worth packing. */
const LEAST_TO_ZIP = 1024;

/** `/data/…`: what runs published, and no other file of theirs. */
export function addPublishedRoutes(app: Hono<ApiEnv>, published: ObjectStore): void {
  app.get("/data/:key{.+}", async (context) => {
    const key = context.req.param("key");
    const parsed = parsePublishedKey(key);
    const bytes = parsed === null ? null : await published.get(key);
    if (parsed === null || bytes === null) throw new Refusal("not_found");
    const zips = bytes.length >= LEAST_TO_ZIP && /\bgzip\b/.test(context.req.header("accept-encoding") ?? "");
    const body = new Uint8Array(zips ? await promisify(gzip)(bytes) : bytes);
    return context.body(body, 200, {
      "content-type": "application/json",
      vary: "accept-encoding",
      // A generation never changes; which one is the latest does.
      "cache-control": parsed.generation === null ? "no-cache" : "private, max-age=31536000, immutable",
      ...(zips ? { "content-encoding": "gzip" } : {}),
    });
  });
}
