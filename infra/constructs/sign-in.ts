import { Duration, Fn, RemovalPolicy, Stack } from "aws-cdk-lib";
import * as cognito from "aws-cdk-lib/aws-cognito";
import { Construct } from "constructs";
import { TRUSTED_GROUP } from "../../shared/contracts/aws.ts";
import type { StageSettings } from "../stages.ts";

export interface SignInProps {
  readonly stage: StageSettings;
}

/** What the site gets to know of it. */
export interface SiteClient {
  readonly clientId: string;
  /** Of Cognito's pages: "https://….auth.….amazoncognito.com" */
  readonly domain: string;
  readonly scopes: readonly string[];
}

const PASSWORD_LENGTH = 14;
const RESOURCE = "ant-clio";
const SCOPE = "use";

/** Who may look at a stage's results: people whom its owner invites. */
export class SignIn extends Construct {
  readonly pool: cognito.UserPool;
  readonly issuer: string;
  /** Of an access token that the API takes. */
  readonly scope = `${RESOURCE}/${SCOPE}`;
  private readonly use = new cognito.ResourceServerScope({
    scopeName: SCOPE,
    scopeDescription: "The API of the site",
  });
  private readonly resource: cognito.UserPoolResourceServer;
  /** Origin of Cognito's pages. */
  readonly pages: string;

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
    this.resource = this.pool.addResourceServer("Api", {
      identifier: RESOURCE,
      scopes: [this.use],
    });
    // Unique in the region, and tells nobody the account: the stack's own id has a part that nothing else has.
    const { stackId, region, urlSuffix } = Stack.of(this);
    const unique = Fn.select(0, Fn.split("-", Fn.select(2, Fn.split("/", stackId))));
    const domain = this.pool.addDomain("Domain", {
      cognitoDomain: { domainPrefix: Fn.join("-", ["clio", stage.name, unique]) },
    });
    if (stage.allowRawMessages) {
      new cognito.CfnUserPoolGroup(this, "Trusted", {
        userPoolId: this.pool.userPoolId,
        groupName: TRUSTED_GROUP,
        description: "May see raw conversations; each look is recorded.",
      });
    }
    this.pages = domain.baseUrl();
    this.issuer = `https://cognito-idp.${region}.${urlSuffix}/${this.pool.userPoolId}`;
  }

  /** The site as a client: code with PKCE and no secret, which a page could not keep. @param origin its own. */
  addSite(origin: string): SiteClient {
    const url = `${origin}/`;
    const client = this.pool.addClient("Site", {
      generateSecret: false,
      authFlows: {},
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.days(1),
      supportedIdentityProviders: [cognito.UserPoolClientIdentityProvider.COGNITO],
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [cognito.OAuthScope.OPENID, cognito.OAuthScope.resourceServer(this.resource, this.use)],
        callbackUrls: [url],
        logoutUrls: [url],
      },
    });
    return {
      clientId: client.userPoolClientId,
      domain: this.pages,
      scopes: ["openid", this.scope],
    };
  }
}
