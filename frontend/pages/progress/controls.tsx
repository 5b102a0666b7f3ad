import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { RunDetail } from "../../../shared/contracts/api.ts";
import { useClient } from "../../api/use-data.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Failure } from "../../ui/states.tsx";

/** Stops a run, or goes on with it; where it cannot be, why. */
export function Controls({ run }: { readonly run: RunDetail }) {
  const client = useClient();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const { run_id: runId } = run;
  const refresh = async (): Promise<void> => {
    await queries.invalidateQueries({ queryKey: ["run", runId] });
    await queries.invalidateQueries({ queryKey: ["runs"] });
  };
  const stop = useMutation({
    mutationFn: () => client.call("stopRun", { params: { runId } }),
    onSuccess: async () => {
      setAsking(false);
      await refresh();
    },
  });
  const resume = useMutation({
    mutationFn: () => client.call("resumeRun", { params: { runId }, body: { stages: [], settings: {} } }),
    onSuccess: refresh,
  });
  const running = run.status === "running" || run.status === "pending";
  const alive = run.status === "running" && run.owner?.alive === true;
  const ended = run.status === "failed" || run.status === "stopped" || (run.status === "running" && !alive);
  return (
    <div className="flex flex-col items-end gap-1">
      <div className="flex flex-wrap gap-2">
        {running && (
          <Button
            kind="danger"
            disabled={!run.stop.allowed || stop.isPending}
            onClick={() => setAsking(true)}
          >
            <Icon name="stop" /> {run.stop_requested_at === null ? "Stop" : "Stopping…"}
          </Button>
        )}
        {ended && (
          <Button
            kind="primary"
            disabled={!run.resume.allowed || resume.isPending}
            onClick={() => resume.mutate()}
          >
            <Icon name="play" /> {resume.isPending ? "Starting…" : "Go on with it"}
          </Button>
        )}
      </div>
      {ended && !run.resume.allowed && (
        <p className="text-[0.87rem] text-soft">It cannot go on: {run.resume.reason}.</p>
      )}
      {running && !run.stop.allowed && run.stop_requested_at === null && (
        <p className="text-[0.87rem] text-soft">It cannot be stopped from here: {run.stop.reason}.</p>
      )}
      {resume.isError && (
        <div className="max-w-md text-left">
          <Failure error={resume.error} />
        </div>
      )}
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title={`Stop ${runId}?`}
        note="What is under way ends first, within some seconds. Everything that is finished is kept, and the run can go on later."
      >
        {stop.isError && <Failure error={stop.error} />}
        <div className="mt-2 flex justify-end gap-2">
          <Button onClick={() => setAsking(false)}>Let it run</Button>
          <Button kind="danger" disabled={stop.isPending} onClick={() => stop.mutate()}>
            {stop.isPending ? "Asking…" : "Stop the run"}
          </Button>
        </div>
      </Dialog>
    </div>
  );
}
