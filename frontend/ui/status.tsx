import type { RunStatus } from "../../shared/contracts/run.ts";
import { Badge } from "./badge.tsx";
import type { Tone } from "./badge.tsx";
import type { IconName } from "./icon.tsx";

const STATUSES: Record<RunStatus, { readonly words: string; readonly tone: Tone; readonly icon: IconName }> =
  {
    pending: { words: "Starting", tone: "plain", icon: "clock" },
    running: { words: "Running", tone: "accent", icon: "progress" },
    done: { words: "Done", tone: "good", icon: "check" },
    done_with_warnings: { words: "Done, with warnings", tone: "warn", icon: "warn" },
    failed: { words: "Failed", tone: "bad", icon: "fail" },
    stopped: { words: "Stopped", tone: "warn", icon: "stop" },
  };

export function StatusBadge({
  status,
  abandoned = false,
}: {
  readonly status: RunStatus;
  readonly abandoned?: boolean;
}) {
  const { words, tone, icon } = STATUSES[status];
  if (abandoned)
    return (
      <Badge tone="bad" icon="warn" title="It calls itself running, but nobody runs it.">
        Abandoned
      </Badge>
    );
  return (
    <Badge tone={tone} icon={icon}>
      {words}
    </Badge>
  );
}
