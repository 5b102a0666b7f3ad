import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";

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
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-[rgb(15_15_12/0.45)]" />
        <Radix.Content
          {...(note === undefined ? { "aria-describedby": undefined } : {})}
          className={`fixed top-[8vh] left-1/2 z-50 max-h-[84dvh] w-[calc(100vw-2rem)] -translate-x-1/2 overflow-auto rounded-xl border border-line bg-panel p-5 shadow-panel ${wide ? "max-w-3xl" : "max-w-lg"}`}
        >
          <div className="mb-3 flex items-start justify-between gap-4">
            <Radix.Title className="text-[1.1rem] font-semibold">{title}</Radix.Title>
            <Radix.Close
              aria-label="Close"
              className="rounded-md p-1 text-soft hover:bg-sunken hover:text-ink"
            >
              <Icon name="close" />
            </Radix.Close>
          </div>
          {note !== undefined && <Radix.Description className="mb-3 text-soft">{note}</Radix.Description>}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
