import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";

/** To read and write what a key of one's own encrypts; nothing where AWS owns the key. */
export function keyStatements(key: IKey | undefined): PolicyStatement[] {
  if (key === undefined) return [];
  return [new PolicyStatement({ actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [key.keyArn] })];
}
