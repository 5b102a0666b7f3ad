import { parentPort, workerData } from "node:worker_threads";
import { collect } from "./collect.ts";
import { giveWay } from "./give-way.ts";
import type { LeadStart } from "./control.ts";
import { answerTask } from "./messages.ts";
import type { TaskRequest } from "./messages.ts";
import { threadTeam } from "./team.ts";

giveWay();
const team = threadTeam(workerData as LeadStart);

const port = parentPort;
port?.on("message", (request: TaskRequest) => {
  port.postMessage(answerTask(request, team));
  team.rest();
  collect();
});
