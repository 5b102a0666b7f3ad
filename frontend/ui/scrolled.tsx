import type { ReactNode } from "react";

/** What may be wider than the page: it scrolls by itself, by keys too, which is why it can be focused and has a name. */
export function Scrolled({
  label,
  className = "",
  children,
}: {
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    <div className={`overflow-x-auto ${className}`} tabIndex={0} role="region" aria-label={label}>
      {children}
    </div>
  );
}
