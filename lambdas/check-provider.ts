import * as z from "zod";
import { runConfig } from "../shared/config.ts";
import { checkProviderEnvironment } from "../shared/contracts/aws.ts";
import { tellError } from "../shared/errors.ts";
import { keptProvider } from "./kept-provider.ts";
import { lambda } from "./wrapper.ts";

const checkEvent = z.object({ provider: runConfig.shape.provider });

/** Whether the provider answers from here: one text embedded, with the keys that this stage holds. */
export const handler = lambda({
  name: "check-provider",
  environment: checkProviderEnvironment,
  event: checkEvent,
  open: () => keptProvider(),
  run: async ({ provider: name }, provider, { signal }) => {
    try {
      const { model, embedder } = await provider(runConfig.parse({ provider: name }));
      const { cols } = await embedder.embed(["Where is my parcel?"], { signal });
      return { ok: true, model: model.identity, embedder: embedder.identity, dimensions: cols };
    } catch (error) {
      return { ok: false, failure: tellError(error, "the provider check") };
    }
  },
});
