import type { Hono } from "hono";
import { UPLOAD_PART_BYTES, apiRoutes } from "../../shared/contracts/api.ts";
import type { ApiEnv } from "../../lambdas/api/app.ts";
import { Refusal } from "../../lambdas/api/problems.ts";
import type { DirectoryUploads } from "./uploads.ts";

/** Where parts of an upload are put, on a laptop: on AWS they go straight to the bucket. */
export function addUploadRoute(app: Hono<ApiEnv>, uploads: DirectoryUploads): void {
  app.put("/api/uploads/:uploadId/parts/:part", async (context) => {
    const read = apiRoutes.partTarget.params.safeParse(context.req.param());
    if (!read.success) throw new Refusal("not_found");
    const { uploadId, part } = read.data;
    if (Number(context.req.header("content-length") ?? 0) > UPLOAD_PART_BYTES)
      throw new Refusal("too_large", { detail: `A part has at most ${UPLOAD_PART_BYTES / 2 ** 20} MiB.` });
    const { body } = context.req.raw;
    if (body === null) throw new Refusal("bad_request", { detail: "The part is empty." });
    await uploads.writePart(uploadId, part, body);
    return context.body(null, 204);
  });
}
