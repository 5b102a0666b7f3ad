import { Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import * as cognito from "aws-cdk-lib/aws-cognito";
import { Construct } from "constructs";
import type { StageSettings } from "../stages.ts";

export interface SignInProps {
  readonly stage: StageSettings;
}

const PASSWORD_LENGTH = 14;

/** Who may look at a stage's results: people whom its owner invites. */
export class SignIn extends Construct {
  readonly pool: cognito.UserPool;
  readonly issuer: string;
  readonly clientId: string;

  constructor(scope: Construct, id: string, { stage }: SignInProps) {
    super(scope, id);
    this.pool = new cognito.UserPool(this, "Pool", {
      userPoolName: `ant-clio-${stage.name}`,
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      mfa: cognito.Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: PASSWORD_LENGTH,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
      },
      accountRecovery: cognito.AccountRecovery.EMAIL_ONLY,
      deletionProtection: stage.keep,
      removalPolicy: stage.keep ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const client = this.pool.addClient("Site", {
      generateSecret: false,
      authFlows: {},
      preventUserExistenceErrors: true,
      accessTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.days(1),
      disableOAuth: true,
    });
    const { region, urlSuffix } = Stack.of(this);
    this.issuer = `https://cognito-idp.${region}.${urlSuffix}/${this.pool.userPoolId}`;
    this.clientId = client.userPoolClientId;
  }
}
