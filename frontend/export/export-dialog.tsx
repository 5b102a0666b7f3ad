import { useState } from "react";
import { publishedClusters } from "../../shared/contracts/published.ts";
import { groupsCsv } from "../../shared/domain/published/export.ts";
import { publishedKey } from "../../shared/keys.ts";
import { useClient, usePublished } from "../api/use-data.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Icon } from "../ui/icon.tsx";
import { Command, Failure } from "../ui/states.tsx";
import { useView } from "../url/use-view.ts";
import { download } from "./download.ts";
import type { Exportable } from "./export-menu.tsx";
import { markdownTable } from "./markdown.ts";

/** What the same table is called on a command line. */
function commandOf(runId: string, where: readonly string[], within: string | null): string {
  const conditions = where.map((each) => ` --where '${each.replaceAll("'", `'\\''`)}'`).join("");
  return `clio export --run-id ${runId}${conditions}${within === null ? "" : ` --within ${within}`} --output ${runId}-groups.csv`;
}

export function ExportDialog({
  runId,
  generation,
  only,
  picture,
  onDone,
}: Exportable & { readonly onDone: () => void }) {
  const client = useClient();
  const { view } = useView();
  const { filter } = view;
  const breakdowns = usePublished("breakdowns", generation);
  const crosstabs = usePublished("crosstabs", generation);
  const [failed, setFailed] = useState<unknown>(null);
  const [said, setSaid] = useState("");
  const error = failed ?? breakdowns.error ?? crosstabs.error;
  const ready = breakdowns.data !== undefined && crosstabs.data !== undefined;
  const { tree, index } = generation;
  const nodes = only === null ? tree.all : tree.all.filter(({ cluster }) => only.has(cluster.id));

  const save = async (what: () => Promise<void>): Promise<void> => {
    try {
      setFailed(null);
      await what();
      setSaid("Saved.");
    } catch (problem) {
      setFailed(problem);
    }
  };
  const saveCsv = () =>
    save(async () => {
      if (breakdowns.data === undefined || crosstabs.data === undefined) return;
      const key = publishedKey(runId, generation.generation, "clusters.json");
      const clusters = await client.published(key, publishedClusters);
      if (clusters === null) return;
      const csv = groupsCsv({
        index,
        clusters,
        breakdowns: breakdowns.data,
        crosstabs: crosstabs.data,
        filter,
        only,
      });
      download(`${runId}-groups.csv`, new Blob([csv], { type: "text/csv" }));
    });
  const savePicture = () =>
    save(async () => {
      const image = await picture?.();
      if (image !== null && image !== undefined) download(`${runId}.png`, image);
    });
  const copyTable = () =>
    save(async () => {
      await navigator.clipboard.writeText(markdownTable(nodes, tree.conversations));
    }).then(() => setSaid("Copied."));

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onDone()}
      title="Export"
      note={`${nodes.length} groups${only === null ? "" : " in view"}. Only what is published leaves: small numbers stay hidden here as on the page.`}
    >
      <div className="flex flex-wrap gap-2">
        <Button disabled={!ready} onClick={() => void saveCsv()}>
          <Icon name="table" /> Table as CSV
        </Button>
        {picture !== undefined && (
          <Button onClick={() => void savePicture()}>
            <Icon name="map" /> Picture as PNG
          </Button>
        )}
        <Button onClick={() => void copyTable()}>
          <Icon name="copy" /> Copy as Markdown
        </Button>
      </div>
      <p role="status" className="mt-2 min-h-6 text-[0.87rem] text-soft">
        {said}
      </p>
      {error !== null && <Failure error={error} />}
      {only === null && (
        <>
          <p className="mt-2 mb-1 text-[0.87rem] text-soft">The same table on the command line:</p>
          <Command>
            {commandOf(
              runId,
              filter.conditions.map(({ dimension, values }) => `${dimension}=${values.join(",")}`),
              filter.within,
            )}
          </Command>
        </>
      )}
    </Dialog>
  );
}
