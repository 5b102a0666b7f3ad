import { RemovalPolicy, SecretValue } from "aws-cdk-lib";
import * as dynamodb from "aws-cdk-lib/aws-dynamodb";
import * as kms from "aws-cdk-lib/aws-kms";
import * as s3 from "aws-cdk-lib/aws-s3";
import * as secretsmanager from "aws-cdk-lib/aws-secretsmanager";
import type { Construct } from "constructs";
import { RUN_TABLE } from "../../shared/contracts/run-table.ts";
import { PrivateBucket } from "../constructs/private-bucket.ts";
import { HouseStack } from "./house-stack.ts";
import type { HouseStackProps } from "./house-stack.ts";

/** Long enough to find out afterwards who read raw conversations. */
const ACCESS_LOG_DAYS = 90;

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
    const bucket = (id: string, events: boolean): PrivateBucket =>
      new PrivateBucket(this, id, {
        stage,
        events,
        ...(key === undefined ? {} : { encryptionKey: key }),
        ...(accessLogs === undefined ? {} : { accessLogs }),
        expireAfterDays: stage.retentionDays,
      });
    this.privateBucket =
      stage.privateBucketName === undefined
        ? bucket("Private", true)
        : s3.Bucket.fromBucketName(this, "Private", stage.privateBucketName);
    this.publishedBucket = bucket("Published", false);

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
