import * as apigateway from "aws-cdk-lib/aws-apigateway";
import type * as lambda from "aws-cdk-lib/aws-lambda";
import { apiRoutes } from "../../shared/contracts/api.ts";
import type { ApiRight, ApiRoute } from "../../shared/contracts/api.ts";

/** "/runs/:runId/artifacts/:path{.+}" as API Gateway says it: "/runs/{runId}/artifacts/{path+}". */
export function gatewayPath(path: string): string {
  return path.replace(/:(\w+)(\{\.\+\})?/g, (_match, name: string, rest: string | undefined) =>
    rest === undefined ? `{${name}}` : `{${name}+}`,
  );
}

/** Who checks tokens before a request reaches a function; null where nobody has any. */
export interface TokenCheck {
  readonly authorizer: apigateway.IAuthorizer;
  /** Of access tokens; without one the gateway would want identity tokens. */
  readonly scope: string;
}

/** Every route of the API that has a function, as a method of its own: what is not in the contract does not pass the gateway. */
export function addApiRoutes(
  api: apigateway.RestApi,
  functions: Partial<Record<ApiRight, lambda.IFunction>>,
  check: TokenCheck | null,
): void {
  const integrations = new Map<lambda.IFunction, apigateway.Integration>();
  for (const { method, path, right } of Object.values<ApiRoute>(apiRoutes)) {
    // Whoever may read also answers what anybody may ask.
    const fn = functions[right === "open" ? "read" : right];
    if (fn === undefined) continue;
    const integration =
      integrations.get(fn) ??
      new apigateway.LambdaIntegration(fn, { allowTestInvoke: false, scopePermissionToMethod: false });
    integrations.set(fn, integration);
    api.root.resourceForPath(`/api${gatewayPath(path)}`).addMethod(
      method,
      integration,
      right === "open" || check === null
        ? { authorizationType: apigateway.AuthorizationType.NONE }
        : {
            authorizationType: apigateway.AuthorizationType.COGNITO,
            authorizer: check.authorizer,
            authorizationScopes: [check.scope],
          },
    );
  }
}
