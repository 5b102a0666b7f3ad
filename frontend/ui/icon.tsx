/** Line drawings of our own on a 16-grid; always beside words, so hidden from readers of the screen. */
const PATHS = {
  runs: "M2.5 4h11M2.5 8h11M2.5 12h7",
  add: "M8 3v10M3 8h10",
  overview: "M2.5 2.5h5v6h-5zM9.5 2.5h4v3h-4zM9.5 7.5h4v6h-4zM2.5 10.5h5v3h-5z",
  map: "M4.5 5.2a1.7 1.7 0 1 0 .01 0M11 4a1.2 1.2 0 1 0 .01 0M10.5 9.2a2.3 2.3 0 1 0 .01 0M4.3 11a1 1 0 1 0 .01 0",
  hierarchy:
    "M8 2.5v3.5M3.5 10V8.2Q3.5 6 5.7 6h4.6Q12.5 6 12.5 8.2V10M8 6v4M2 10h3v3.5H2zM6.5 10h3v3.5h-3zM11 10h3v3.5h-3z",
  conversations: "M2.5 3h11v7.5h-6L4.5 13v-2.5h-2z",
  privacy: "M8 2l5 2v4c0 3-2 5-5 6.2C5 13 3 11 3 8V4z",
  evaluation: "M2.5 13.5h11M4.5 11V8M8 11V3.5M11.5 11V6",
  artifacts: "M3 2.5h6l4 4v7H3zM9 2.5v4h4",
  progress: "M2 8h3l2-5 2.5 10L11.5 8H14",
  search: "M7 3a4 4 0 1 0 .01 0M10 10l3.5 3.5",
  close: "M4 4l8 8M12 4l-8 8",
  down: "M4 6.5L8 10.5l4-4",
  right: "M6.5 4L10.5 8l-4 4",
  check: "M3 8.5L6.5 12 13 4.5",
  warn: "M8 2.5L14.2 13H1.8zM8 6.5v3M8 11.2v.3",
  fail: "M8 2a6 6 0 1 0 .01 0M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4",
  stop: "M4 4h8v8H4z",
  play: "M5 3l8 5-8 5z",
  clock: "M8 2a6 6 0 1 0 .01 0M8 5v3.2l2 1.6",
  lock: "M4 7.5h8v6H4zM5.5 7.5V5.2a2.5 2.5 0 0 1 5 0v2.3",
  theme: "M8 2.5a5.5 5.5 0 1 0 .01 0M8 2.5v11a5.5 5.5 0 0 0 0-11",
  help: "M8 2a6 6 0 1 0 .01 0M6.2 6.3a1.9 1.9 0 1 1 2.6 1.8c-.6.3-.8.6-.8 1.2M8 11.3v.2",
  download: "M8 2.5v7.5M4.8 7L8 10.2 11.2 7M3 13h10",
  copy: "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
  lasso:
    "M8 3c3.3 0 5.8 1.5 5.8 3.6S11.3 10.2 8 10.2 2.2 8.7 2.2 6.6 4.7 3 8 3M5 9.8c-1 .6-1 2 .3 2.6S6 14 6 14",
  plus: "M8 4v8M4 8h8",
  minus: "M4 8h8",
  reset: "M3 8a5 5 0 1 0 1.6-3.7M3 2.8v2.7h2.7",
  trash: "M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.6 9h5.8l.6-9",
  filter: "M2.5 3.5h11L9.3 8.5v4.5l-2.6-1.5v-3z",
  table: "M2.5 3h11v10h-11zM2.5 6.3h11M2.5 9.6h11M6.5 3v10",
  upload: "M8 10.5V3M4.8 6L8 2.8 11.2 6M3 13h10",
} as const;
export type IconName = keyof typeof PATHS;

export function Icon({ name, className = "" }: { readonly name: IconName; readonly className?: string }) {
  return (
    <svg
      viewBox="0 0 16 16"
      aria-hidden="true"
      className={`size-4 shrink-0 ${className}`}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
