import { Suspense, lazy, useState } from "react";
import type { Generation } from "../api/use-data.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { useView } from "../url/use-view.ts";

const FilterDialog = lazy(async () => ({ default: (await import("./filter-dialog.tsx")).FilterDialog }));

/** Opens what the counts can be narrowed by. */
export function FilterButton({ generation }: { readonly generation: Generation }) {
  const [open, setOpen] = useState(false);
  const { view } = useView();
  const chosen = view.filter.conditions.length + (view.filter.within === null ? 0 : 1);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Icon name="filter" /> Filter{chosen > 0 ? ` (${chosen})` : ""}
      </Button>
      <Suspense fallback={null}>
        {open && <FilterDialog generation={generation} onDone={() => setOpen(false)} />}
      </Suspense>
    </>
  );
}
