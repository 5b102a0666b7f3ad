import { CustomResource, RemovalPolicy, SecretValue } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type * as kms from "aws-cdk-lib/aws-kms";
import * as secretsmanager from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import type { CookieKeyEnvironment } from "../../shared/contracts/aws.ts";
import type { StageSettings } from "../stages.ts";
import { HouseFunction } from "./house-function.ts";
import type { LambdaAssets } from "./house-function.ts";
import { keyStatements } from "./key-statements.ts";

export interface CookieKeyProps {
  readonly stage: StageSettings;
  readonly assets: LambdaAssets;
  readonly encryptionKey: kms.IKey | undefined;
}

const KEY_SECONDS = 60;

/** The key pair of the site's cookies: made once, when the stage is deployed, by a function that then holds nothing of it. */
export class CookieKey extends Construct {
  readonly secret: secretsmanager.ISecret;
  /** PEM. */
  readonly publicKey: string;

  constructor(scope: Construct, id: string, { stage, assets, encryptionKey }: CookieKeyProps) {
    super(scope, id);
    this.secret = new secretsmanager.Secret(this, "Secret", {
      description: `ant-clio ${stage.name}: private key of the cookies that open what is published`,
      secretStringValue: SecretValue.unsafePlainText("{}"),
      ...(encryptionKey === undefined ? {} : { encryptionKey }),
      // A new one is made with the next stack; cookies of this one end within the hour.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const environment: CookieKeyEnvironment = { CLIO_COOKIE_SECRET: this.secret.secretArn };
    const maker = new HouseFunction(this, "Maker", {
      stage,
      entry: "cookie-key",
      description: "ant-clio: makes the key of the site's cookies when the stage is deployed",
      assetFolder: assets.light,
      memoryMiB: 512,
      timeoutSeconds: KEY_SECONDS,
      environment: { ...environment },
    });
    maker.allow([
      new PolicyStatement({
        actions: ["secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"],
        resources: [this.secret.secretArn],
      }),
      ...keyStatements(encryptionKey),
    ]);
    const made = new CustomResource(this, "Made", {
      resourceType: "Custom::ClioCookieKey",
      serviceToken: maker.functionArn,
    });
    // Its policy is a resource of its own, which the function does not wait for.
    made.node.addDependency(maker);
    this.publicKey = made.getAttString("PublicKey");
  }
}
