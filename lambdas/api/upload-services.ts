import type { RunInput } from "../../shared/contracts/api.ts";
import { UsageError } from "../../shared/errors.ts";
import type { Uploads } from "../../shared/ports/uploads.ts";
import type { ApiServices } from "./services.ts";

/** The upload that a run away from a laptop is made of. Throws UsageError "input_not_found" for the sample corpus. */
export function uploadIdOf(input: RunInput): string {
  if (input.kind === "upload") return input.upload_id;
  throw new UsageError("the sample corpus is on laptops only", {
    code: "input_not_found",
    hint: "Choose a file.",
  });
}

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
