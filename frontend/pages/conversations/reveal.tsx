import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Revealed } from "../../../shared/contracts/api.ts";
import { useClient } from "../../api/use-data.ts";
import { Button } from "../../ui/button.tsx";
import { controlStyle } from "../../ui/field.tsx";
import { Failure } from "../../ui/states.tsx";

const LEAST_REASON = 8;
/** Longer messages are folded. */
const FOLDED = 1_500;

const ROLE_WORDS = {
  system: "System",
  developer: "Developer",
  user: "User",
  assistant: "Assistant",
  tool: "Tool",
} as const;

function Message({ message }: { readonly message: Revealed["messages"][number] }) {
  const [open, setOpen] = useState(false);
  const long = message.content.length > FOLDED;
  return (
    <li
      className={`rounded-md border border-line p-3 ${message.role === "user" ? "bg-accent-wash/50" : "bg-panel"}`}
    >
      <p className="text-[0.85rem] font-semibold text-soft">{ROLE_WORDS[message.role]}</p>
      <p dir="auto" className="foreign whitespace-pre-wrap">
        {long && !open ? `${message.content.slice(0, FOLDED)}…` : message.content}
      </p>
      {long && (
        <Button kind="quiet" small onClick={() => setOpen(!open)}>
          {open ? "Less" : `All ${message.content.length.toLocaleString("en")} characters`}
        </Button>
      )}
    </li>
  );
}

/** Shows one conversation's messages for a while, to who says why. Each time is recorded before anything is shown. */
export function Reveal({ runId, row }: { readonly runId: string; readonly row: number }) {
  const client = useClient();
  const [reason, setReason] = useState("");
  const [left, setLeft] = useState(0);
  const reveal = useMutation({
    mutationFn: () => client.call("reveal", { params: { runId, row }, body: { reason } }),
    onSuccess: ({ hide_after_seconds: seconds }) => setLeft(seconds),
    gcTime: 0,
  });
  const shown = left > 0 ? reveal.data : undefined;
  const { reset } = reveal;
  useEffect(() => {
    if (left <= 0) return;
    const timer = setTimeout(() => {
      setLeft(left - 1);
      if (left === 1) reset();
    }, 1_000);
    return () => clearTimeout(timer);
  }, [left, reset]);

  if (shown !== undefined)
    return (
      <section aria-label="Messages" className="space-y-2">
        <p className="flex flex-wrap items-center justify-between gap-2 rounded-md border border-warn/50 bg-warn-wash px-3 py-1.5 text-[0.87rem] text-warn">
          <span>
            Run {runId}, conversation {row}. That you look at it was recorded. Hidden again in{" "}
            {Math.floor(left / 60)}:{String(left % 60).padStart(2, "0")}.
          </span>
          <Button
            small
            onClick={() => {
              setLeft(0);
              reset();
            }}
          >
            Hide now
          </Button>
        </p>
        <ol className="space-y-2">
          {shown.messages.map((message, i) => (
            // eslint-disable-next-line react/no-array-index-key -- messages are their places
            <Message key={i} message={message} />
          ))}
        </ol>
      </section>
    );
  return (
    <form
      className="space-y-2"
      onSubmit={(event) => {
        event.preventDefault();
        reveal.mutate();
      }}
    >
      <label className="block">
        <span className="text-soft">Why do you need to read it? Your reason is recorded.</span>
        <input
          value={reason}
          onChange={({ target }) => setReason(target.value)}
          minLength={LEAST_REASON}
          maxLength={500}
          required
          className={`${controlStyle} mt-1 w-full`}
        />
      </label>
      <Button type="submit" kind="danger" disabled={reveal.isPending || reason.trim().length < LEAST_REASON}>
        {reveal.isPending ? "Recording…" : "Show the messages"}
      </Button>
      {reveal.isError && <Failure error={reveal.error} />}
    </form>
  );
}
