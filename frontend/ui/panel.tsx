import { useId } from "react";
import type { ReactNode } from "react";

/** A part of a page with its heading. */
export function Panel({
  title,
  note,
  actions,
  children,
  className = "",
}: {
  readonly title: ReactNode;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
}) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className={`min-w-0 rounded-lg border border-line bg-panel p-4 shadow-panel ${className}`}
    >
      <div className="mb-3 flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
        <div className="min-w-0">
          <h2 id={id}>{title}</h2>
          {note !== undefined && <p className="text-[0.87rem] text-faint">{note}</p>}
        </div>
        {actions}
      </div>
      {children}
    </section>
  );
}

/** Head of a page: one h1, a line of what it is, and what can be done. */
export function PageHead({
  title,
  note,
  actions,
}: {
  readonly title: ReactNode;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <header className="mb-4 flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
      <div className="min-w-0">
        <h1>{title}</h1>
        {note !== undefined && <p className="max-w-[75ch] text-soft">{note}</p>}
      </div>
      {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}
