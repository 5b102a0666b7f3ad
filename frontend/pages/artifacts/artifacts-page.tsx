import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ArtifactList, RunArtifact } from "../../../shared/contracts/api.ts";
import { MAX_RANGE_BYTES } from "../../../shared/contracts/api.ts";
import { phaseRow } from "../../../shared/pipeline.ts";
import { useCapabilities, useClient } from "../../api/use-data.ts";
import type { Client } from "../../api/client.ts";
import { download } from "../../export/download.ts";
import { bytes } from "../../model/numbers.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Copy } from "../../ui/copy.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Icon } from "../../ui/icon.tsx";
import { PageHead } from "../../ui/panel.tsx";
import { Scrolled } from "../../ui/scrolled.tsx";
import { Command, Empty, Failure, Loaded, Skeleton } from "../../ui/states.tsx";
import { PREVIEW_BYTES, previewOf } from "./preview.ts";

const HOLDS = {
  published: {
    words: "Published",
    tone: "good",
    icon: "check",
    note: "Anybody who may open this page may see it.",
  },
  record: {
    words: "Record",
    tone: "plain",
    icon: "artifacts",
    note: "Counts, codes and made-up conversations.",
  },
  raw: {
    words: "Raw",
    tone: "warn",
    icon: "lock",
    note: "Holds conversations, or what was made of single ones.",
  },
} as const;

async function wholeFile(client: Client, runId: string, path: string): Promise<Blob> {
  const parts: BlobPart[] = [];
  let from = 0;
  for (;;) {
    const { bytes: part, total } = await client.bytes(
      "artifact",
      { params: { runId, path } },
      { from, to: from + MAX_RANGE_BYTES },
    );
    parts.push(part);
    from += part.length;
    if (from >= total || part.length === 0) return new Blob(parts);
  }
}

function PreviewDialog({
  runId,
  file,
  onDone,
}: {
  readonly runId: string;
  readonly file: RunArtifact;
  readonly onDone: () => void;
}) {
  const client = useClient();
  const query = useQuery({
    queryKey: ["run", runId, "artifact", file.path, file.bytes],
    queryFn: async ({ signal }) => {
      const { bytes: part, total } = await client.bytes(
        "artifact",
        { params: { runId, path: file.path } },
        { from: 0, to: PREVIEW_BYTES },
        signal,
      );
      return previewOf(file, part, total);
    },
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onDone()} title={file.path} wide>
      <Loaded query={query}>
        {({ words, text }) => (
          <>
            <p className="mb-2 text-[0.87rem] text-faint">
              {bytes(file.bytes)}
              {words === "" ? "" : ` · ${words}`}
            </p>
            {text !== "" && (
              <pre
                tabIndex={0}
                className="foreign max-h-[60dvh] overflow-auto rounded-md border border-line bg-sunken p-3 font-mono text-[0.8rem] leading-snug whitespace-pre-wrap"
              >
                {text}
              </pre>
            )}
          </>
        )}
      </Loaded>
    </Dialog>
  );
}

const folderOf = (path: string): string =>
  path.includes("/") ? path.slice(0, path.lastIndexOf("/") + 1) : "";

function FileRow({
  runId,
  file,
  allowed,
  onPreview,
}: {
  readonly runId: string;
  readonly file: RunArtifact;
  readonly allowed: boolean;
  readonly onPreview: () => void;
}) {
  const client = useClient();
  const [saving, setSaving] = useState<"no" | "yes" | "failed">("no");
  const holds = HOLDS[file.holds];
  const name = file.path.slice(folderOf(file.path).length);
  const save = async (): Promise<void> => {
    setSaving("yes");
    try {
      download(name, await wholeFile(client, runId, file.path));
      setSaving("no");
    } catch {
      setSaving("failed");
    }
  };
  return (
    <tr className="border-t border-line">
      <th scope="row" className="py-1.5 pr-3 pl-4 text-left font-mono text-[0.87rem] font-normal break-all">
        {allowed ? (
          <button
            type="button"
            onClick={onPreview}
            className="min-h-6 text-left text-accent-strong underline-offset-2 hover:underline"
          >
            {name}
          </button>
        ) : (
          name
        )}
      </th>
      <td className="py-1.5 pr-3">
        <Badge tone={holds.tone} icon={holds.icon} title={holds.note}>
          {holds.words}
        </Badge>
      </td>
      <td className="py-1.5 pr-3 text-[0.87rem] text-faint max-rail:hidden">
        {file.phase === null ? "the run itself" : phaseRow(file.phase).title}
      </td>
      <td className="py-1.5 pr-3 text-right whitespace-nowrap tabular-nums">{bytes(file.bytes)}</td>
      <td className="py-1 text-right whitespace-nowrap">
        {allowed ? (
          <>
            <Button
              kind="quiet"
              small
              aria-label={`Save ${file.path}`}
              title="Save"
              disabled={saving === "yes"}
              onClick={() => void save()}
            >
              <Icon name={saving === "failed" ? "warn" : "download"} />
            </Button>
            <Copy text={file.path} label={`Copy the path ${file.path}`} />
          </>
        ) : (
          <span className="text-[0.85rem] text-faint">not for this page</span>
        )}
      </td>
    </tr>
  );
}

function Files({ runId, list }: { readonly runId: string; readonly list: ArtifactList }) {
  const { data: capabilities } = useCapabilities();
  const [preview, setPreview] = useState<RunArtifact | null>(null);
  const folders = Map.groupBy(list.artifacts, ({ path }) => folderOf(path));
  const trusted = capabilities?.tier === "trusted";
  const locked = list.artifacts.some(({ holds }) => holds === "raw") && !trusted;
  return (
    <div className="space-y-4">
      {list.missing.length > 0 && (
        <div role="note" className="rounded-lg border border-bad/50 bg-bad-wash px-4 py-3">
          <p className="flex items-center gap-2 font-semibold text-bad">
            <Icon name="warn" /> {list.missing.length} {list.missing.length === 1 ? "file is" : "files are"}{" "}
            missing
          </p>
          <p className="text-soft">
            Phases that are done should have left them; somebody may have removed them. Resume the run to make
            them again.
          </p>
          <p className="font-mono text-[0.85rem] break-all">{list.missing.join(", ")}</p>
        </div>
      )}
      {locked && (
        <p className="flex items-start gap-2 text-soft">
          <Icon name="lock" className="mt-1" />
          <span>
            Files marked Raw are listed, and not served: they hold conversations. On your own machine{" "}
            <code className="font-mono text-[0.87rem]">clio viz --allow-raw-messages</code> serves them.
          </span>
        </p>
      )}
      <Scrolled label="Files of the run" className="rounded-lg border border-line bg-panel px-3 shadow-panel">
        <table className="w-full min-w-[34rem]">
          <caption className="sr-only">Files of the run</caption>
          <thead>
            <tr className="text-left text-[0.85rem] text-faint">
              <th scope="col" className="py-2 pr-3 font-medium">
                File
              </th>
              <th scope="col" className="py-2 pr-3 font-medium">
                Holds
              </th>
              <th scope="col" className="py-2 pr-3 font-medium max-rail:hidden">
                Made by
              </th>
              <th scope="col" className="py-2 pr-3 text-right font-medium">
                Size
              </th>
              <th scope="col">
                <span className="sr-only">Actions</span>
              </th>
            </tr>
          </thead>
          {[...folders].map(([folder, files]) => (
            <tbody key={folder}>
              {folder !== "" && (
                <tr className="border-t border-line bg-sunken/60">
                  <th
                    scope="rowgroup"
                    colSpan={5}
                    className="py-1.5 text-left font-mono text-[0.87rem] font-semibold break-all"
                  >
                    {folder}
                  </th>
                </tr>
              )}
              {files.map((file) => (
                <FileRow
                  key={file.path}
                  runId={runId}
                  file={file}
                  allowed={file.holds !== "raw" || trusted}
                  onPreview={() => setPreview(file)}
                />
              ))}
            </tbody>
          ))}
        </table>
      </Scrolled>
      <p className="text-[0.87rem] text-soft">Is what it published in order? On the command line:</p>
      <Command>{`clio viz --check-only --run-id ${runId}`}</Command>
      {preview !== null && <PreviewDialog runId={runId} file={preview} onDone={() => setPreview(null)} />}
    </div>
  );
}

export function ArtifactsPage({ runId }: { readonly runId: string }) {
  const client = useClient();
  const query = useQuery({
    queryKey: ["run", runId, "artifacts"],
    queryFn: ({ signal }) => client.call("listArtifacts", { params: { runId } }, signal),
  });
  return (
    <>
      <PageHead title="Artifacts" note="The files that the run has left." />
      {query.isError && query.data === undefined ? (
        <Failure error={query.error} retry={() => void query.refetch()} />
      ) : query.data === undefined ? (
        <Skeleton lines={12} label="Loading the files" />
      ) : query.data.artifacts.length === 0 ? (
        <Empty icon="artifacts" title="No file yet">
          <p>Files come as phases end.</p>
        </Empty>
      ) : (
        <Files runId={runId} list={query.data} />
      )}
    </>
  );
}
