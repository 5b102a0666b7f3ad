import { parentPort, workerData } from "node:worker_threads";
import { BRIEF, runTask } from "../../domain/compute.ts";
import { errorDetail } from "../../errors.ts";
import { collect } from "./collect.ts";
import { giveWay } from "./give-way.ts";
import type { LeadStart } from "./control.ts";
import type { TaskReply, TaskRequest } from "./messages.ts";
import { threadTeam } from "./team.ts";

giveWay();
const team = threadTeam(workerData as LeadStart);

function answer({ name, args }: TaskRequest): TaskReply {
  try {
    return { value: runTask(name, args, team) };
  } catch (error) {
    const { code } = errorDetail(error);
    const { name: kind, message } = error instanceof Error ? error : new Error("something else was thrown");
    return { error: { name: kind, message, ...(code === undefined ? {} : { code }) } };
  }
}

const port = parentPort;
port?.on("message", (request: TaskRequest) => {
  port.postMessage(answer(request));
  // It shares no memory, and there is the next.
  if (BRIEF.has(request.name)) return;
  team.rest();
  collect();
});
