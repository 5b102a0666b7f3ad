import { objectInput } from "../../shared/adapters/aws/input-source.ts";
import { abortUploads } from "../../shared/adapters/aws/open-uploads.ts";
import { estimateTools } from "../../shared/adapters/estimate-tools.ts";
import { apiEnvironment } from "../../shared/contracts/aws.ts";
import { runPrefix } from "../../shared/keys.ts";
import { privateServices } from "../api/private-services.ts";
import { readStageProvider } from "../stage-provider.ts";
import { apiFunction, openShared } from "./open.ts";
import { openUploads } from "./uploads.ts";

/** The gateway waits 29 s. */
const ANSWER_MS = 24_000;

/** The API's function that checks, estimates and deletes: it may read raw data, and says nothing of it. */
export const handler = apiFunction("private", apiEnvironment, (environment, tools) => {
  const { options, life, objects, published, clients } = openShared(environment, tools);
  const { s3: client } = clients;
  const uploads = openUploads(environment, objects, tools);
  const buckets = [environment.CLIO_PRIVATE_BUCKET, environment.CLIO_PUBLISHED_BUCKET];
  return {
    ...options,
    rights: ["private"],
    services: privateServices({
      life,
      stores: {
        objects,
        published,
        runs: life.runs,
        abortUploads: async (runId) => {
          for (const bucket of buckets) await abortUploads({ client, bucket, prefix: runPrefix(runId) });
        },
      },
      locate: (id) => uploads.locate(id),
      openInput: (location) => objectInput({ client, ...location }),
      tools: estimateTools,
      stage: readStageProvider(environment.CLIO_PROVIDER_SETTINGS),
      deadline: () => AbortSignal.timeout(ANSWER_MS),
    }),
  };
});
