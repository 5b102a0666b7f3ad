import * as z from "zod";
import { openAiServer } from "../../test/helpers/openai-server.ts";
import type { Asked } from "../../test/helpers/openai-server.ts";
import { taskOf, topicalReply } from "./answers.ts";

/**
 * The scripted server as a process of its own, so that its time and memory are nobody else's. Over IPC it tells its
 * address; to any message it answers what it was asked since the last, and forgets it.
 */
const latencyMs = z.coerce.number().parse(process.argv[2]);

interface Asking {
  calls: number;
  promptTokens: number;
}
const tasks = new Map<string, Asking>();

const promptText = ({ body }: Asked): string =>
  body.messages === undefined
    ? [body.input].flat().join(" ")
    : body.messages.map(({ content }) => content).join("\n");

const server = await openAiServer((asked) => {
  const held = tasks.get(taskOf(asked)) ?? { calls: 0, promptTokens: 0 };
  tasks.set(taskOf(asked), held);
  held.calls++;
  held.promptTokens += Math.ceil(promptText(asked).length / 4);
  return topicalReply(asked);
}, latencyMs);
process.send!({ url: server.url });
process.on("message", () => {
  process.send!({ tasks: Object.fromEntries(tasks) });
  tasks.clear();
});
process.on("disconnect", () => void server.close());
