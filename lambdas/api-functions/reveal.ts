import { randomUUID } from "node:crypto";
import { apiEnvironment } from "../../shared/contracts/aws.ts";
import { encodeDocument } from "../../shared/domain/jsonl.ts";
import { revealKey } from "../../shared/keys.ts";
import { trustedServices } from "../api/trusted-services.ts";
import { apiFunction, openShared } from "./open.ts";

/** The API's function that shows raw conversations to a group of people; deployed only where a stage asks for it. */
export const handler = apiFunction("reveal", apiEnvironment, (environment, tools) => {
  const { options, life, objects } = openShared(environment, tools);
  return {
    ...options,
    rights: ["reveal"],
    services: trustedServices({
      runs: life.runs,
      objects,
      now: () => tools.clock.now(),
      recordReveal: async (reveal) => {
        await objects.put(revealKey(reveal.run_id, reveal.at, randomUUID()), encodeDocument(reveal));
        // Who and why is in the object: the log is read by more people.
        tools.log.info("conversation_revealed", { run_id: reveal.run_id, row: reveal.row });
      },
    }),
  };
});
