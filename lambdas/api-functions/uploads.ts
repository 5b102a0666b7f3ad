import { randomBytes } from "node:crypto";
import { signingS3Client } from "../../shared/adapters/aws/clients.ts";
import { s3Uploads } from "../../shared/adapters/aws/uploads.ts";
import type { S3Uploads } from "../../shared/adapters/aws/uploads.ts";
import type { ApiEnvironment } from "../../shared/contracts/aws.ts";
import type { ObjectStore } from "../../shared/ports/object-store.ts";
import type { Tools } from "../wrapper.ts";

export function openUploads(environment: ApiEnvironment, objects: ObjectStore, { clock }: Tools): S3Uploads {
  return s3Uploads({
    client: signingS3Client({ endpoint: environment.AWS_ENDPOINT_URL }),
    bucket: environment.CLIO_PRIVATE_BUCKET,
    objects,
    clock,
    newId: () => randomBytes(16).toString("hex"),
  });
}
