import type { ButtonHTMLAttributes } from "react";

type Kind = "plain" | "primary" | "danger" | "quiet";

const KINDS: Record<Kind, string> = {
  plain: "border border-edge bg-panel text-ink hover:bg-sunken",
  primary: "border border-transparent bg-accent text-on-accent hover:bg-accent-strong",
  danger: "border border-bad bg-panel text-bad hover:bg-bad-wash",
  quiet: "border border-transparent text-soft hover:bg-sunken hover:text-ink",
};

export function buttonStyle(kind: Kind = "plain", small = false): string {
  const size = small ? "min-h-7 px-2 text-[0.85rem]" : "min-h-9 px-3.5 text-[0.93rem]";
  return `inline-flex items-center justify-center gap-1.5 rounded-md font-medium transition-colors disabled:cursor-not-allowed disabled:opacity-55 ${size} ${KINDS[kind]}`;
}

export function Button({
  kind = "plain",
  small = false,
  className = "",
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { readonly kind?: Kind; readonly small?: boolean }) {
  return <button type="button" className={`${buttonStyle(kind, small)} ${className}`} {...rest} />;
}
