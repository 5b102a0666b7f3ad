import { useEffect, useId, useRef } from "react";
import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";

/**
 * A dialog over the page: the browser's own, which keeps the focus inside, closes on Escape and gives the focus back. What
 * carries `data-autofocus` has it first.
 */
export function Dialog({
  open,
  onOpenChange,
  title,
  note,
  children,
  wide = false,
}: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly note?: ReactNode;
  readonly children: ReactNode;
  readonly wide?: boolean;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const shown = dialog.current;
    if (!open || shown === null) return;
    const before = document.activeElement;
    shown.showModal();
    shown.querySelector<HTMLElement>("[data-autofocus]")?.focus();
    return () => {
      shown.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, [open]);
  if (!open) return null;
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onOpenChange(false);
      }}
      // What closes a dialog does nothing else on the page behind it.
      onKeyDown={(event) => event.stopPropagation()}
      onClick={({ target, currentTarget }) => target === currentTarget && onOpenChange(false)}
      className={`m-auto max-h-[84dvh] w-[calc(100vw-2rem)] overflow-auto rounded-xl border border-line bg-panel p-0 text-ink shadow-panel backdrop:bg-[rgb(15_15_12/0.45)] ${wide ? "max-w-3xl" : "max-w-lg"}`}
    >
      <div className="p-5">
        <div className="mb-3 flex items-start justify-between gap-4">
          <h2 id={id} className="foreign min-w-0 text-[1.1rem]">
            {title}
          </h2>
          <button
            type="button"
            aria-label="Close"
            onClick={() => onOpenChange(false)}
            className="rounded-md p-1 text-soft hover:bg-sunken hover:text-ink"
          >
            <Icon name="close" />
          </button>
        </div>
        {note !== undefined && <p className="mb-3 text-soft">{note}</p>}
        {children}
      </div>
    </dialog>
  );
}
