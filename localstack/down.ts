import { main, say } from "./main.ts";
import { readPidFile, removePidFile } from "./pid-file.ts";
import { stopProcess } from "./process.ts";

/** Ends the MiniStack that `up` started, and no other process; fine to repeat. */
await main(async () => {
  const started = await readPidFile();
  const stopped = started !== null && (await stopProcess(started));
  await removePidFile();
  say(stopped ? "MiniStack is stopped." : "No MiniStack of ours was running.");
});
