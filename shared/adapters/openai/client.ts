import type { OpenAI } from "openai";
import type { ProviderEnvironment } from "../../contracts/provider-environment.ts";
import type { Endpoint } from "./endpoints.ts";

type Fetching = Pick<ConstructorParameters<typeof OpenAI>[0] & object, "fetch" | "fetchOptions">;

/** Node's own fetch, unless the environment names a proxy. */
async function fetching(environment: ProviderEnvironment): Promise<Fetching> {
  const httpsProxy = environment.HTTPS_PROXY ?? environment.https_proxy;
  const httpProxy = environment.HTTP_PROXY ?? environment.http_proxy;
  if (httpsProxy === undefined && httpProxy === undefined) return {};
  const { EnvHttpProxyAgent, fetch } = await import("undici");
  const noProxy = environment.NO_PROXY ?? environment.no_proxy ?? "";
  const dispatcher = new EnvHttpProxyAgent({
    // An empty text switches a proxy off: without one undici would read the process's environment.
    httpProxy: httpProxy ?? "",
    httpsProxy: httpsProxy ?? httpProxy ?? "",
    noProxy,
  });
  return {
    fetch: fetch as unknown as NonNullable<Fetching["fetch"]>,
    fetchOptions: { dispatcher } as object,
  };
}

/**
 * A client of the endpoint, without tries of its own (the limiter decides when to call again), without logs (they hold
 * texts), and without anything read from the process's environment.
 */
export async function openClient(
  endpoint: Endpoint,
  environment: ProviderEnvironment,
  timeoutSeconds: number,
): Promise<OpenAI> {
  const { AzureOpenAI, OpenAI: Client } = await import("openai");
  const common = {
    maxRetries: 0,
    timeout: timeoutSeconds * 1000,
    logLevel: "off",
    organization: null,
    project: null,
    ...(await fetching(environment)),
  } as const;
  switch (endpoint.kind) {
    case "openai":
      return new Client({
        ...common,
        baseURL: endpoint.baseUrl,
        apiKey: endpoint.apiKey,
        organization: environment.OPENAI_ORG_ID ?? null,
        project: environment.OPENAI_PROJECT_ID ?? null,
      });
    case "azure": {
      const { endpoint: resource, apiKey, apiVersion, deployment } = endpoint;
      return new AzureOpenAI({ ...common, endpoint: resource, apiKey, apiVersion, deployment });
    }
    case "bedrock": {
      // Signed with the role of the function, or whatever the AWS credential chain finds on a laptop.
      const { bedrock } = await import("openai/providers/bedrock/aws");
      const { region, baseUrl } = endpoint;
      return new Client({ ...common, provider: bedrock({ endpoint: "runtime", region, baseURL: baseUrl }) });
    }
    case "jina":
      return new Client({ ...common, baseURL: endpoint.baseUrl, apiKey: endpoint.apiKey });
    case "compatible":
      // The client insists on a key; servers that want none ignore it.
      return new Client({ ...common, baseURL: endpoint.baseUrl, apiKey: endpoint.apiKey ?? "none" });
  }
}
