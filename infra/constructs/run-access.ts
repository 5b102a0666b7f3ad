import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { FunctionAccess } from "../phase-access.ts";
import type { DataStack } from "../stacks/data.ts";
import { bucketStatements } from "./bucket-statements.ts";
import { keyStatements } from "./key-statements.ts";

const TABLE_ACTIONS = {
  read: ["GetItem", "BatchGetItem", "Query"],
  write: ["GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "ConditionCheckItem"],
  /** Starts and ends also take locks away. */
  own: ["GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "ConditionCheckItem", "DeleteItem"],
} as const;

export interface RunAccess extends FunctionAccess {
  readonly table?: keyof typeof TABLE_ACTIONS;
  /** Whether it lists runs by start time. */
  readonly index?: boolean;
}

/** Whatever a function may do with a stage's data, as statements. */
export function runAccessStatements(data: DataStack, access: RunAccess): PolicyStatement[] {
  const statements = [
    ...bucketStatements(data.privateBucket, access.private),
    ...bucketStatements(data.publishedBucket, access.published),
  ];
  if (access.table !== undefined) {
    const { tableArn } = data.runTable;
    statements.push(
      new PolicyStatement({
        actions: TABLE_ACTIONS[access.table].map((action) => `dynamodb:${action}`),
        resources: [tableArn],
      }),
    );
    if (access.index === true)
      statements.push(
        new PolicyStatement({
          actions: ["dynamodb:Query"],
          resources: [`${tableArn}/index/${data.startIndex}`],
        }),
      );
  }
  if (access.secret)
    statements.push(
      new PolicyStatement({
        actions: ["secretsmanager:GetSecretValue"],
        resources: [data.providerSecret.secretArn],
      }),
    );
  // With a key of one's own, whoever may use the data has to use the key; DynamoDB does so in the caller's name as well.
  statements.push(...keyStatements(data.encryptionKey));
  return statements;
}
