import { parentPort } from "node:worker_threads";
import { alone } from "../../domain/team.ts";
import { giveWay } from "./give-way.ts";
import { answerTask, buffersOf } from "./messages.ts";
import type { TaskRequest } from "./messages.ts";

giveWay();
const port = parentPort;
port?.on("message", (request: TaskRequest) => {
  const reply = answerTask(request, alone);
  port.postMessage(reply, buffersOf(reply));
});
