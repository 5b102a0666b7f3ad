import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import type { BucketAccess } from "../phase-access.ts";

function onObjects(
  bucket: IBucket,
  patterns: readonly string[],
  actions: readonly string[],
): PolicyStatement[] {
  if (patterns.length === 0) return [];
  const resources = patterns.map((pattern) => bucket.arnForObjects(pattern));
  return [new PolicyStatement({ actions: [...actions], resources })];
}

/** Key patterns as statements. A `*` of IAM also matches "/": no key of one kind may end like a key of another. */
export function bucketStatements(bucket: IBucket, access: BucketAccess): PolicyStatement[] {
  const statements = [
    ...onObjects(bucket, access.read, ["s3:GetObject"]),
    ...onObjects(bucket, access.write, ["s3:PutObject", "s3:AbortMultipartUpload"]),
    ...onObjects(bucket, access.delete, ["s3:DeleteObject"]),
  ];
  statements.push(
    ...onObjects(bucket, access.parts ?? [], ["s3:ListMultipartUploadParts", "s3:AbortMultipartUpload"]),
  );
  if (access.openUploads === true)
    statements.push(
      new PolicyStatement({ actions: ["s3:ListBucketMultipartUploads"], resources: [bucket.bucketArn] }),
    );
  if (access.list.length > 0) {
    statements.push(
      new PolicyStatement({
        actions: ["s3:ListBucket"],
        resources: [bucket.bucketArn],
        // S3 tells "no such key" (404) from "forbidden" (403) only to callers that may list the bucket, and the engine
        // asks for keys that are not there yet. A GetObject carries no s3:prefix, so that a plain StringLike would make
        // each of them a 403: hence IfExists. The price: a listing without any prefix passes too and shows names of
        // keys, never contents. Reasoned from the S3 and IAM documentation; not yet run on real AWS.
        conditions: { StringLikeIfExists: { "s3:prefix": [...access.list] } },
      }),
    );
  }
  return statements;
}
