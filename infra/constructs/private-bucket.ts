import { Duration, RemovalPolicy } from "aws-cdk-lib";
import type * as kms from "aws-cdk-lib/aws-kms";
import * as s3 from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import type { StageSettings } from "../stages.ts";

export interface PrivateBucketProps {
  readonly stage: StageSettings;
  readonly encryptionKey?: kms.IKey;
  /** Where requests are logged; none for a bucket whose log would say nothing about anybody's data. */
  readonly accessLogs?: s3.IBucket;
  /** Days after which objects go; kept without. */
  readonly expireAfterDays?: number | undefined;
  /** Days after which objects below a prefix go. */
  readonly expirePrefix?: { readonly prefix: string; readonly days: number };
  /** Pages of these origins may PUT what an address was signed for. */
  readonly putFrom?: readonly string[];
  /** "Object Created" and the like go to EventBridge. */
  readonly events?: boolean;
}

/** How long a browser need not ask again whether it may. */
const CORS_SECONDS = 3600;

/** A bucket that only this account reads, over TLS. Not versioned, so that deleting deletes. */
export class PrivateBucket extends s3.Bucket {
  constructor(
    scope: Construct,
    id: string,
    { stage, encryptionKey, accessLogs, expireAfterDays, expirePrefix, putFrom, events }: PrivateBucketProps,
  ) {
    super(scope, id, {
      encryption: encryptionKey === undefined ? s3.BucketEncryption.S3_MANAGED : s3.BucketEncryption.KMS,
      ...(encryptionKey === undefined ? {} : { encryptionKey, bucketKeyEnabled: true }),
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: false,
      lifecycleRules: [
        { id: "abort-uploads", abortIncompleteMultipartUploadAfter: Duration.days(1) },
        ...(expireAfterDays === undefined
          ? []
          : [{ id: "expire", expiration: Duration.days(expireAfterDays) }]),
        ...(expirePrefix === undefined
          ? []
          : [
              {
                id: "expire-below",
                prefix: expirePrefix.prefix,
                expiration: Duration.days(expirePrefix.days),
              },
            ]),
      ],
      ...(putFrom === undefined
        ? {}
        : {
            cors: [
              {
                allowedMethods: [s3.HttpMethods.PUT],
                allowedOrigins: [...putFrom],
                allowedHeaders: ["content-type"],
                maxAge: CORS_SECONDS,
              },
            ],
          }),
      ...(accessLogs === undefined
        ? {}
        : { serverAccessLogsBucket: accessLogs, serverAccessLogsPrefix: `${id.toLowerCase()}/` }),
      // A filled bucket of dev is left behind rather than emptied by a function that may delete everything.
      removalPolicy: stage.keep ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    if (events === true) {
      // `eventBridgeEnabled` of the L2 brings a custom resource with a function; the property itself is enough.
      (this.node.defaultChild as s3.CfnBucket).notificationConfiguration = {
        eventBridgeConfiguration: { eventBridgeEnabled: true },
      };
    }
  }
}
