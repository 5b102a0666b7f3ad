import { useState } from "react";
import { Button } from "./button.tsx";
import { Icon } from "./icon.tsx";

/** Copies a text and says so. */
export function Copy({ text, label }: { readonly text: string; readonly label: string }) {
  const [done, setDone] = useState<"no" | "yes" | "failed">("no");
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setDone("yes");
    } catch {
      setDone("failed");
    }
  };
  return (
    <>
      <Button
        kind="quiet"
        small
        title={label}
        aria-label={label}
        onClick={() => void copy()}
        onBlur={() => setDone("no")}
      >
        <Icon name={done === "yes" ? "check" : "copy"} />
      </Button>
      <span role="status" className="sr-only">
        {done === "yes" ? "Copied" : done === "failed" ? "The browser does not let this page copy" : ""}
      </span>
    </>
  );
}
