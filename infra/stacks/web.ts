import { CfnOutput } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import * as iam from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import type { ApiEnvironment, IntakeEnvironment, ReadEnvironment } from "../../shared/contracts/aws.ts";
import type { ApiRight } from "../../shared/contracts/api.ts";
import { addApiRoutes } from "../constructs/api-routes.ts";
import { CookieKey } from "../constructs/cookie-key.ts";
import { HouseFunction } from "../constructs/house-function.ts";
import type { LambdaAssets } from "../constructs/house-function.ts";
import { PrivateBucket } from "../constructs/private-bucket.ts";
import { runAccessStatements } from "../constructs/run-access.ts";
import type { RunAccess } from "../constructs/run-access.ts";
import { providerSettingsOf, runEnvironmentOf } from "../constructs/run-environment.ts";
import { SignIn } from "../constructs/sign-in.ts";
import type { SiteClient } from "../constructs/sign-in.ts";
import { Site } from "../constructs/site.ts";
import { intakeAccess, privateAccess, readAccess, revealAccess } from "../phase-access.ts";
import type { DataStack } from "./data.ts";
import type { PipelineStack } from "./pipeline.ts";
import { HouseStack } from "./house-stack.ts";
import type { HouseStackProps } from "./house-stack.ts";

export interface WebStackProps extends HouseStackProps {
  readonly data: DataStack;
  readonly pipeline: PipelineStack;
  readonly assets: LambdaAssets;
  /** Folder of the built site. */
  readonly site: string;
}

/** API Gateway cuts an answer off after 29 s. */
const API_SECONDS = 29;
/** MiB. A look into a file of conversations streams it, as fast as one vCPU and more reads. */
const LOOKING_MIB = 3008;
const ANSWERING_MIB = 1024;

/** Who signs in and what they are admitted to, where a stage has a site of its own. */
interface Hosted {
  readonly signIn: SignIn;
  readonly site: Site;
  readonly client: SiteClient;
  readonly cookieKey: CookieKey;
}

/** What people look at: the API over the run table and what is published, and the site. */
export class WebStack extends HouseStack {
  private readonly data: DataStack;
  private readonly pipeline: PipelineStack;
  private readonly assets: LambdaAssets;

  constructor(scope: Construct, props: WebStackProps) {
    super(scope, "web", "API and site", props);
    const { stage } = this;
    this.data = props.data;
    this.pipeline = props.pipeline;
    this.assets = props.assets;

    const api = new apigateway.RestApi(this, "Api", {
      restApiName: `ant-clio-${stage.name}`,
      description: `ant-clio ${stage.name}`,
      endpointTypes: [apigateway.EndpointType.REGIONAL],
      // Logs of the gateway itself need a role for the whole account, which is its owner's to give; the function logs each request.
      cloudWatchRole: false,
      deployOptions: { stageName: stage.name, throttlingRateLimit: 50, throttlingBurstLimit: 100 },
    });
    const hosted = stage.emulated ? null : this.host(api);
    const authorizer =
      hosted === null
        ? null
        : new apigateway.CognitoUserPoolsAuthorizer(this, "Tokens", {
            cognitoUserPools: [hosted.signIn.pool],
          });
    addApiRoutes(
      api,
      this.functions(hosted),
      hosted === null || authorizer === null ? null : { authorizer, scope: hosted.signIn.scope },
    );
    new CfnOutput(this, "ApiUrl", { value: api.url });

    if (hosted === null) {
      // Filled by the script that deploys to an emulator, which runs no copying function of CDK's.
      const { bucketName } = new PrivateBucket(this, "SiteBucket", { stage });
      new CfnOutput(this, "SiteBucketName", { value: bucketName });
      new CfnOutput(this, "ApiId", { value: api.restApiId });
      return;
    }
    const { site, client } = hosted;
    this.answersOf(api);
    site.deploy(props.site, {
      schema_version: "1.0.0",
      base_path: "/",
      api: "/api",
      data: "/data",
      uploads: this.uploadsOrigin(),
      auth: {
        mode: "cognito",
        domain: client.domain,
        client_id: client.clientId,
        scopes: [...client.scopes],
      },
    });
    new CfnOutput(this, "SiteUrl", { value: site.origin });
    new CfnOutput(this, "UserPool", { value: hosted.signIn.pool.userPoolId });
  }

  private uploadsOrigin(): string {
    return `https://${this.data.privateBucket.bucketRegionalDomainName}`;
  }

  /** Site and sign-in. Neither waits for the API's functions, which wait for both. */
  private host(api: apigateway.RestApi): Hosted {
    const { stage, data, assets, region, urlSuffix } = this;
    const signIn = new SignIn(this, "SignIn", { stage });
    const cookieKey = new CookieKey(this, "Cookies", { stage, assets, encryptionKey: data.encryptionKey });
    const site = new Site(this, "Site", {
      stage,
      api: { host: `${api.restApiId}.execute-api.${region}.${urlSuffix}`, path: `/${stage.name}` },
      published: data.publishedBucket,
      cookieKey: cookieKey.publicKey,
      connectTo: [signIn.pages, this.uploadsOrigin()],
    });
    return { signIn, site, cookieKey, client: signIn.addSite(site.origin) };
  }

  /** The API's functions by right, each with no more than it takes (design section 10). */
  private functions(hosted: Hosted | null): Partial<Record<ApiRight, HouseFunction>> {
    const { stage, data, pipeline } = this;
    const common: ApiEnvironment = {
      ...runEnvironmentOf(stage, data),
      CLIO_PUBLISHED_BUCKET: data.publishedBucket.bucketName,
      CLIO_STATE_MACHINE: pipeline.machine.stateMachineArn,
      ...(stage.allowRawMessages ? { CLIO_RAW_MESSAGES: "allowed" as const } : {}),
      // An emulator knows no sign-in, and nobody but its own machine reaches it.
      ...(hosted === null
        ? { CLIO_OPEN_TO: "loopback" as const }
        : { CLIO_TOKEN_ISSUER: hosted.signIn.issuer, CLIO_TOKEN_CLIENT: hosted.client.clientId }),
    };
    // Whom runs of this stage ask, for what starts them and what says beforehand what they will cost.
    const asked = providerSettingsOf(stage);
    const readEnvironment: ReadEnvironment = {
      ...common,
      ...(hosted === null
        ? {}
        : {
            CLIO_SITE_ORIGIN: hosted.site.origin,
            CLIO_COOKIE_KEY_ID: hosted.site.cookieKeyId,
            CLIO_COOKIE_SECRET: hosted.cookieKey.secret.secretArn,
          }),
    };
    const intakeEnvironment: IntakeEnvironment = {
      ...common,
      ...asked,
      CLIO_START_FUNCTION: pipeline.start.functionName,
      CLIO_CHECK_FUNCTION: pipeline.checkProvider.functionName,
    };

    const read = this.fn("Read", "read", "reads the run table and what is published", readEnvironment, {
      ...readAccess(),
      table: "read",
      index: true,
    });
    this.mayLook(read);
    if (hosted !== null)
      read.allow([
        new iam.PolicyStatement({
          actions: ["secretsmanager:GetSecretValue"],
          resources: [hosted.cookieKey.secret.secretArn],
        }),
      ]);

    const intake = this.fn("Intake", "intake", "takes uploads, starts and stops runs", intakeEnvironment, {
      ...intakeAccess(),
      table: "own",
      index: true,
    });
    this.mayLook(intake);
    intake.allow([
      new iam.PolicyStatement({
        actions: ["states:StartExecution"],
        resources: [pipeline.machine.stateMachineArn],
      }),
      new iam.PolicyStatement({
        actions: ["states:StopExecution"],
        resources: [...pipeline.machine.executionArns],
      }),
      new iam.PolicyStatement({
        actions: ["lambda:InvokeFunction"],
        resources: [pipeline.start.functionArn, pipeline.checkProvider.functionArn],
      }),
    ]);

    const ofPrivate: RunAccess = { ...privateAccess(), table: "own" };
    const privately = this.fn(
      "Checks",
      "private",
      "checks, estimates and deletes",
      { ...common, ...asked },
      ofPrivate,
      LOOKING_MIB,
    );
    this.mayLook(privately);
    const functions = { read, intake, private: privately };
    if (!stage.allowRawMessages) return functions;
    const reveal = this.fn("Reveal", "reveal", "shows single conversations, recorded", common, {
      ...revealAccess(),
      table: "read",
    });
    return { ...functions, reveal };
  }

  /** Whether a run that calls itself running has an execution. */
  private mayLook(fn: HouseFunction): void {
    const { executionArns } = this.pipeline.machine;
    fn.allow([
      new iam.PolicyStatement({ actions: ["states:DescribeExecution"], resources: [...executionArns] }),
    ]);
  }

  private fn(
    id: string,
    entry: string,
    does: string,
    environment: Readonly<Record<string, string | undefined>>,
    access: RunAccess,
    memoryMiB = ANSWERING_MIB,
  ): HouseFunction {
    const { stage, assets, data } = this;
    const made = new HouseFunction(this, id, {
      stage,
      entry,
      description: `ant-clio API: ${does}`,
      assetFolder: assets.light,
      memoryMiB,
      timeoutSeconds: API_SECONDS,
      environment: { ...environment },
    });
    made.allow(runAccessStatements(data, access));
    return made;
  }

  /** What the gateway itself refuses, said as the API says it (shared/contracts/problem.ts). */
  private answersOf(api: apigateway.RestApi): void {
    const { ResponseType } = apigateway;
    const refusals = [
      [ResponseType.UNAUTHORIZED, 401, "unauthorised", "Nobody is signed in"],
      [ResponseType.ACCESS_DENIED, 401, "unauthorised", "Nobody is signed in"],
      // Its answer to paths and methods that it does not have.
      [ResponseType.MISSING_AUTHENTICATION_TOKEN, 404, "not_found", "There is no such thing"],
      [ResponseType.THROTTLED, 429, "too_many_requests", "Too many requests"],
      [ResponseType.REQUEST_TOO_LARGE, 413, "too_large", "Too large"],
    ] as const;
    for (const [type, status, code, title] of refusals)
      api.addGatewayResponse(`Refusal-${type.responseType}`, {
        type,
        statusCode: String(status),
        responseHeaders: {
          "Content-Type": "'application/problem+json'",
          "Cache-Control": "'no-store'",
          "X-Content-Type-Options": "'nosniff'",
        },
        templates: {
          "application/json": JSON.stringify({
            type: "about:blank",
            title,
            status,
            code,
            reason: null,
            detail: `${title}.`,
            hint: null,
            fields: [],
            request_id: "$context.requestId",
          }),
        },
      });
  }
}
