import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useClient } from "../../api/use-data.ts";
import { bytes, count } from "../../model/numbers.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Failure, Loaded } from "../../ui/states.tsx";

/** Says what deleting a run would take away, and does it when asked. */
export function DeleteRun({ runId, onDone }: { readonly runId: string; readonly onDone: () => void }) {
  const client = useClient();
  const queries = useQueryClient();
  const plan = useQuery({
    queryKey: ["run", runId, "removal"],
    queryFn: ({ signal }) =>
      client.call("deleteRun", { params: { runId }, query: { dry_run: "true" } }, signal),
    staleTime: 0,
  });
  const removal = useMutation({
    mutationFn: () => client.call("deleteRun", { params: { runId }, query: { dry_run: "false" } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["runs"] });
      onDone();
    },
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onDone()} title={`Delete ${runId}?`}>
      <Loaded query={plan}>
        {({ objects, bytes: size, published }) => (
          <>
            <p>
              {count(objects)} files go, {bytes(size)} in all
              {published ? ", and what it published is no longer shown to anybody" : ""}. This cannot be
              undone.
            </p>
            {removal.isError && (
              <div className="mt-3">
                <Failure error={removal.error} />
              </div>
            )}
            <div className="mt-4 flex justify-end gap-2">
              <Button onClick={onDone}>Keep it</Button>
              <Button kind="danger" disabled={removal.isPending} onClick={() => removal.mutate()}>
                {removal.isPending ? "Deleting…" : "Delete the run"}
              </Button>
            </div>
          </>
        )}
      </Loaded>
    </Dialog>
  );
}
