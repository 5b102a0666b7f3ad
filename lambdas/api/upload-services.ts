import type { Uploads } from "../../shared/ports/uploads.ts";
import type { ApiServices } from "./services.ts";

/** Takes inputs in, wherever their parts go. */
export function uploadServices(
  uploads: Uploads,
): Pick<ApiServices, "createUpload" | "getUpload" | "partTarget" | "completeUpload"> {
  return {
    createUpload: async ({ body: { name, bytes } }) => uploads.create(name, bytes),
    getUpload: async ({ uploadId }) => uploads.get(uploadId),
    partTarget: async ({ uploadId, part }) => uploads.partTarget(uploadId, part),
    completeUpload: async ({ uploadId }) => uploads.complete(uploadId),
  };
}
