import { lambdaClient } from "../../shared/adapters/aws/function-clients.ts";
import { lambdaFunctions } from "../../shared/adapters/aws/functions.ts";
import { providerIdentity } from "../../shared/adapters/provider-identity.ts";
import { intakeEnvironment } from "../../shared/contracts/aws.ts";
import { BUCKET_CONFIG_KEY } from "../../shared/keys.ts";
import { stopService } from "../api/control-services.ts";
import { doctorService, launchServices } from "../api/intake-services.ts";
import type { IntakeDeps } from "../api/intake-services.ts";
import { uploadServices } from "../api/upload-services.ts";
import { readStageProvider } from "../stage-provider.ts";
import { apiFunction, openShared } from "./open.ts";
import { openUploads } from "./uploads.ts";

/** The gateway waits 29 s; a provider that has not answered by then is as good as none. */
const CHECK_MS = 25_000;

/** The API's function that takes inputs in, starts, goes on with and stops runs. It reads no conversation. */
export const handler = apiFunction("intake", intakeEnvironment, (environment, tools) => {
  const { options, life, objects, read } = openShared(environment, tools);
  const uploads = openUploads(environment, objects, tools);
  const functions = lambdaFunctions(lambdaClient({ endpoint: environment.AWS_ENDPOINT_URL }));
  const deps: IntakeDeps = {
    ...life,
    log: tools.log,
    stage: readStageProvider(environment.CLIO_PROVIDER_SETTINGS),
    bucketSettings: () => objects.get(BUCKET_CONFIG_KEY),
    identify: providerIdentity,
    locate: (id) => uploads.locate(id),
    handOver: (event) => functions.send(environment.CLIO_START_FUNCTION, event),
    checkProvider: () => functions.ask(environment.CLIO_CHECK_FUNCTION, {}, AbortSignal.timeout(CHECK_MS)),
  };
  return {
    ...options,
    rights: ["intake"],
    services: {
      ...uploadServices(uploads),
      ...launchServices(deps),
      ...doctorService(deps),
      ...stopService(life, read.getRun!),
    },
  };
});
