import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { RequestError } from "../api/problem.ts";
import { Button } from "./button.tsx";
import { Copy } from "./copy.tsx";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon.tsx";

/** Grey shapes of what will come, as tall as it, so that nothing jumps. */
export function Skeleton({
  lines = 4,
  label = "Loading",
}: {
  readonly lines?: number;
  readonly label?: string;
}) {
  return (
    <div role="status" aria-label={label} className="animate-pulse space-y-2.5 py-1">
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className="h-4 rounded bg-line" style={{ width: `${95 - ((line * 17) % 45)}%` }} />
      ))}
    </div>
  );
}

/** What is not there, why, and what would fill it. */
export function Empty({
  icon = "help",
  title,
  children,
}: {
  readonly icon?: IconName;
  readonly title: string;
  readonly children?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center gap-2 rounded-lg border border-dashed border-edge px-6 py-10 text-center">
      <Icon name={icon} className="size-7! text-faint" />
      <p className="text-[1.05rem] font-semibold">{title}</p>
      <div className="max-w-[60ch] space-y-2 text-soft">{children}</div>
    </div>
  );
}

/** A command to type, with a button that copies it. */
export function Command({ children }: { readonly children: string }) {
  return (
    <span className="flex max-w-full items-start gap-2 rounded-md border border-line bg-sunken py-1 pr-1 pl-3 text-left">
      <code className="min-w-0 grow font-mono text-[0.85rem] leading-7 break-words whitespace-pre-wrap">
        {children}
      </code>
      <Copy text={children} label="Copy the command" />
    </span>
  );
}

export function Failure({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) {
  const told = error instanceof RequestError ? error : null;
  const signIn = told?.code === "unauthorised";
  return (
    <div role="alert" className="rounded-lg border border-bad/50 bg-bad-wash px-4 py-3">
      <p className="flex items-center gap-2 font-semibold text-bad">
        <Icon name="fail" />
        {signIn
          ? "This address has no valid token."
          : (told?.message ?? "Something went wrong on this page.")}
      </p>
      <p className="mt-1 text-soft">
        {signIn
          ? "Open the whole address that clio viz printed, with what follows the # in it. It changes with every start."
          : (told?.hint ?? "Try again; if it stays, reload the page.")}
      </p>
      {told?.requestId !== null && told !== null && (
        <p className="mt-1 text-[0.85rem] text-soft">
          Request <code className="font-mono">{told.requestId}</code>
        </p>
      )}
      {retry !== undefined && !signIn && (
        <Button small className="mt-2" onClick={retry}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** A query's content, or what stands for it meanwhile. */
export function Loaded<T>({
  query,
  skeleton,
  children,
}: {
  readonly query: UseQueryResult<T>;
  readonly skeleton?: ReactNode;
  readonly children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  return <>{skeleton ?? <Skeleton />}</>;
}
