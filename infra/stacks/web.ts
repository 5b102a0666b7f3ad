import { CfnOutput } from "aws-cdk-lib";
import * as iam from "aws-cdk-lib/aws-iam";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import type { Construct } from "constructs";
import type { ApiEnvironment } from "../../shared/contracts/aws.ts";
import { HouseFunction } from "../constructs/house-function.ts";
import type { LambdaAssets } from "../constructs/house-function.ts";
import { runAccessStatements } from "../constructs/run-access.ts";
import { runEnvironmentOf } from "../constructs/run-environment.ts";
import { SignIn } from "../constructs/sign-in.ts";
import { Site } from "../constructs/site.ts";
import { readAccess } from "../phase-access.ts";
import type { DataStack } from "./data.ts";
import type { PipelineStack } from "./pipeline.ts";
import { HouseStack } from "./house-stack.ts";
import type { HouseStackProps } from "./house-stack.ts";

export interface WebStackProps extends HouseStackProps {
  readonly data: DataStack;
  readonly pipeline: PipelineStack;
  readonly assets: LambdaAssets;
}

/** API Gateway cuts an answer off after 29 s. */
const API_SECONDS = 29;

/** What people look at: the API over the run table and what is published, and the site. */
export class WebStack extends HouseStack {
  constructor(scope: Construct, props: WebStackProps) {
    super(scope, "web", "API and site", props);
    const { stage } = this;
    const { data, pipeline, assets } = props;

    const signIn = stage.emulated ? null : new SignIn(this, "SignIn", { stage });
    const environment: ApiEnvironment = {
      ...runEnvironmentOf(stage, data),
      CLIO_PUBLISHED_BUCKET: data.publishedBucket.bucketName,
      CLIO_STATE_MACHINE: pipeline.machine.stateMachineArn,
      // An emulator knows no sign-in, and nobody but its own machine reaches it.
      ...(signIn === null
        ? { CLIO_OPEN_TO: "loopback" as const }
        : { CLIO_TOKEN_ISSUER: signIn.issuer, CLIO_TOKEN_CLIENT: signIn.clientId }),
    };
    const read = new HouseFunction(this, "Read", {
      stage,
      entry: "read",
      description: "ant-clio API: reads the run table and what is published",
      assetFolder: assets.light,
      memoryMiB: 1024,
      timeoutSeconds: API_SECONDS,
      environment,
    });
    read.allow(runAccessStatements(data, { ...readAccess(), table: "read", index: true }));
    // Whether a run that calls itself running has an execution.
    read.allow([
      new iam.PolicyStatement({
        actions: ["states:DescribeExecution"],
        resources: [...pipeline.machine.executionArns],
      }),
    ]);

    const api = new apigateway.RestApi(this, "Api", {
      restApiName: `ant-clio-${stage.name}`,
      description: `ant-clio ${stage.name}`,
      endpointTypes: [apigateway.EndpointType.REGIONAL],
      // Logs of the gateway itself need a role for the whole account, which is its owner's to give; the function logs each request.
      cloudWatchRole: false,
      deployOptions: { stageName: stage.name, throttlingRateLimit: 50, throttlingBurstLimit: 100 },
    });
    const integration = new apigateway.LambdaIntegration(read, { allowTestInvoke: false });
    const root = api.root.addResource("api");
    root
      .addResource("health")
      .addMethod("GET", integration, { authorizationType: apigateway.AuthorizationType.NONE });
    // Until there is a sign-in, callers sign with credentials of the account, at the API's own address: behind the
    // distribution host and path differ from what they signed.
    root
      .addResource("{proxy+}")
      .addMethod("ANY", integration, { authorizationType: apigateway.AuthorizationType.IAM });
    new CfnOutput(this, "ApiUrl", { value: api.url });

    if (!stage.emulated) {
      const site = new Site(this, "Site", { stage, api });
      new CfnOutput(this, "SiteUrl", { value: `https://${site.distribution.distributionDomainName}` });
    }
  }
}
