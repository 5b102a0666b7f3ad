import { RemovalPolicy, SecretValue } from "aws-cdk-lib";
import type { Stack } from "aws-cdk-lib";
import * as iam from "aws-cdk-lib/aws-iam";
import * as dynamodb from "aws-cdk-lib/aws-dynamodb";
import * as kms from "aws-cdk-lib/aws-kms";
import * as s3 from "aws-cdk-lib/aws-s3";
import * as secretsmanager from "aws-cdk-lib/aws-secretsmanager";
import type { Construct } from "constructs";
import { RUN_TABLE } from "../../shared/contracts/run-table.ts";
import { RUNS_PREFIX, UPLOADS_PREFIX } from "../../shared/keys.ts";
import { PrivateBucket } from "../constructs/private-bucket.ts";
import type { PrivateBucketProps } from "../constructs/private-bucket.ts";
import { HouseStack } from "./house-stack.ts";
import type { HouseStackProps } from "./house-stack.ts";

/** Long enough to find out afterwards who read raw conversations. */
const ACCESS_LOG_DAYS = 90;

/** An input is read once, in a run's first phase; what nobody made a run of goes too. */
const UPLOAD_DAYS = 30;
/** Where the site can be: the stack that makes its distribution comes after this one. */
const SITES = "https://*.cloudfront.net";

/**
 * Distributions of this account read what is published. Which one cannot be said: the web stack knows this one, not the
 * other way round. They serve it to who has a cookie signed by this stage's key.
 */
function readByDistributions(stack: Stack, bucket: s3.IBucket): iam.PolicyStatement {
  const { partition, account } = stack;
  return new iam.PolicyStatement({
    sid: "Distributions",
    principals: [new iam.ServicePrincipal("cloudfront.amazonaws.com")],
    actions: ["s3:GetObject"],
    resources: [bucket.arnForObjects(`${RUNS_PREFIX}*`)],
    conditions: {
      StringEquals: { "AWS:SourceAccount": account },
      ArnLike: { "AWS:SourceArn": `arn:${partition}:cloudfront::${account}:distribution/*` },
    },
  });
}

/** What is kept: inputs and runs, what is published, the record of runs, the providers' keys. */
export class DataStack extends HouseStack {
  readonly privateBucket: s3.IBucket;
  readonly publishedBucket: s3.IBucket;
  readonly runTable: dynamodb.ITable;
  readonly startIndex = RUN_TABLE.byStart.name;
  readonly providerSecret: secretsmanager.ISecret;
  readonly encryptionKey: kms.IKey | undefined;

  constructor(scope: Construct, props: HouseStackProps) {
    super(scope, "data", "buckets, run table, secret", props);
    const { stage } = this;
    const key = stage.kmsKeyArn === undefined ? undefined : kms.Key.fromKeyArn(this, "Key", stage.kmsKeyArn);
    this.encryptionKey = key;

    const accessLogs = stage.emulated
      ? undefined
      : // S3 cannot write its own logs under a customer's key policy it does not know: the key AWS keeps.
        new PrivateBucket(this, "AccessLogs", { stage, expireAfterDays: ACCESS_LOG_DAYS });
    const bucket = (id: string, more: Partial<PrivateBucketProps> = {}): PrivateBucket =>
      new PrivateBucket(this, id, {
        stage,
        ...(key === undefined ? {} : { encryptionKey: key }),
        ...(accessLogs === undefined ? {} : { accessLogs }),
        expireAfterDays: stage.retentionDays,
        ...more,
      });
    this.privateBucket =
      stage.privateBucketName === undefined
        ? bucket("Private", {
            events: true,
            expirePrefix: { prefix: UPLOADS_PREFIX, days: UPLOAD_DAYS },
            ...(stage.emulated ? {} : { putFrom: [SITES] }),
          })
        : s3.Bucket.fromBucketName(this, "Private", stage.privateBucketName);
    const published = bucket("Published");
    this.publishedBucket = published;
    if (!stage.emulated) published.addToResourcePolicy(readByDistributions(this, published));

    const text = (name: string): dynamodb.Attribute => ({ name, type: dynamodb.AttributeType.STRING });
    // The plain table: TableV2 with a key of one's own wants to know the region, which these stacks do not.
    const table = new dynamodb.Table(this, "Runs", {
      partitionKey: text(RUN_TABLE.partitionKey),
      sortKey: text(RUN_TABLE.sortKey),
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: RUN_TABLE.ttl,
      ...(key === undefined
        ? {}
        : { encryption: dynamodb.TableEncryption.CUSTOMER_MANAGED, encryptionKey: key }),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: stage.keep },
      deletionProtection: stage.keep,
      removalPolicy: stage.keep ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    table.addGlobalSecondaryIndex({
      indexName: RUN_TABLE.byStart.name,
      partitionKey: text(RUN_TABLE.byStart.partitionKey),
      sortKey: text(RUN_TABLE.byStart.sortKey),
      projectionType: dynamodb.ProjectionType[RUN_TABLE.byStart.projection],
    });
    this.runTable = table;

    this.providerSecret = new secretsmanager.Secret(this, "ProviderKeys", {
      description: `ant-clio ${stage.name}: keys of model providers, one JSON object; set by hand, never by a deployment`,
      // An empty object that later deployments do not put back, since it never changes.
      secretStringValue: SecretValue.unsafePlainText("{}"),
      ...(key === undefined ? {} : { encryptionKey: key }),
      removalPolicy: stage.keep ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
  }
}
