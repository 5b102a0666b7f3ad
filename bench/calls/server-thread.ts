import { parentPort, workerData } from "node:worker_threads";
import * as z from "zod";
import { openAiServer } from "../../test/helpers/openai-server.ts";

/** The scripted server in a thread of its own, so that it does not wait for the one that is measured. */
const { latencyMs } = z.object({ latencyMs: z.number() }).parse(workerData);
const server = await openAiServer(undefined, latencyMs);
const port = parentPort!;
port.postMessage(server.url);
port.on("message", () => {
  port.postMessage({ calls: server.asked.length, busyMs: server.busyMs(), spanMs: server.spanMs() });
  void server.close();
});
