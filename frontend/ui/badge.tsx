import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon.tsx";

export type Tone = "plain" | "good" | "warn" | "bad" | "accent";

const TONES: Record<Tone, string> = {
  plain: "border-line bg-sunken text-soft",
  good: "border-good/40 bg-good-wash text-good",
  warn: "border-warn/40 bg-warn-wash text-warn",
  bad: "border-bad/40 bg-bad-wash text-bad",
  accent: "border-accent/40 bg-accent-wash text-accent-strong",
};

/** A state in a word, with a drawing so that colour is never all. */
export function Badge({
  tone = "plain",
  icon,
  children,
  title,
}: {
  readonly tone?: Tone;
  readonly icon?: IconName;
  readonly children: ReactNode;
  readonly title?: string;
}) {
  return (
    <span
      title={title}
      className={`inline-flex items-center gap-1 rounded-full border px-2 py-px text-[0.8rem] font-medium whitespace-nowrap ${TONES[tone]}`}
    >
      {icon !== undefined && <Icon name={icon} className="size-3.5!" />}
      {children}
    </span>
  );
}
