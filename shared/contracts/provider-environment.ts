import * as z from "zod";

const text = z.string().min(1).optional();

/**
 * What providers need beside the settings: keys, and addresses that are set once for a machine. Variables of the
 * environment on a laptop, one JSON object in Secrets Manager on AWS; the names are those that each provider's own
 * tools use. None is ever logged, recorded or shown.
 */
export const providerEnvironment = z.object({
  OPENAI_API_KEY: text,
  OPENAI_ORG_ID: text,
  OPENAI_PROJECT_ID: text,
  AZURE_OPENAI_API_KEY: text,
  AZURE_OPENAI_ENDPOINT: text,
  AZURE_OPENAI_DEPLOYMENT: text,
  OPENAI_API_VERSION: text,
  JINA_API_KEY: text,
  /** Of a compatible endpoint for the model, if it wants one. */
  CLIO_MODEL_API_KEY: text,
  /** Of a compatible endpoint for embeddings, if it wants one. */
  CLIO_EMBEDDER_API_KEY: text,
  AWS_REGION: text,
  AWS_DEFAULT_REGION: text,
  HTTPS_PROXY: text,
  https_proxy: text,
  HTTP_PROXY: text,
  http_proxy: text,
  NO_PROXY: text,
  no_proxy: text,
  LANGSMITH_TRACING: text,
  LANGSMITH_API_KEY: text,
  LANGSMITH_ENDPOINT: text,
  LANGSMITH_PROJECT: text,
});
export type ProviderEnvironment = z.infer<typeof providerEnvironment>;
