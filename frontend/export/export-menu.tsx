import { Suspense, lazy, useState } from "react";
import type { Generation } from "../api/use-data.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";

const ExportDialog = lazy(async () => ({ default: (await import("./export-dialog.tsx")).ExportDialog }));

export interface Exportable {
  readonly runId: string;
  readonly generation: Generation;
  /** Groups in view, by id; null: all that the filter leaves. */
  readonly only: ReadonlySet<string> | null;
  /** Draws what is seen, twice as fine; left out where the page is no picture. */
  readonly picture?: () => Promise<Blob | null>;
}

/** Takes what is seen elsewhere. */
export function ExportButton(props: Exportable) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Icon name="download" /> Export
      </Button>
      <Suspense fallback={null}>{open && <ExportDialog {...props} onDone={() => setOpen(false)} />}</Suspense>
    </>
  );
}
