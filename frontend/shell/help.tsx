import { useState } from "react";
import { useCapabilities } from "../api/use-data.ts";
import { Dialog } from "../ui/dialog.tsx";
import { SHORTCUTS, setShortcutsEnabled, shortcutsEnabled } from "./shortcuts.ts";

export function Help({
  open,
  onOpenChange,
}: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}) {
  const [enabled, setEnabled] = useState(shortcutsEnabled);
  const { data: capabilities } = useCapabilities();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keys and help" wide>
      <table className="w-full">
        <caption className="sr-only">Keys</caption>
        <tbody>
          {SHORTCUTS.map(([keys, what]) => (
            <tr key={keys} className="border-t border-line align-top">
              <th scope="row" className="w-1/3 py-1.5 pr-4 text-left font-mono text-[0.87rem] font-medium">
                {keys}
              </th>
              <td className="py-1.5 text-soft">{what}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <label className="mt-3 flex items-center gap-2">
        <input
          type="checkbox"
          checked={enabled}
          onChange={({ target }) => {
            setShortcutsEnabled(target.checked);
            setEnabled(target.checked);
          }}
        />
        Single keys are shortcuts
      </label>
      <p className="mt-4 text-soft">
        Every number about a group stands for at least the minimum of conversations and users that the run was
        made with; smaller ones are merged or hidden before they reach this page. Shares carry their 95 %
        interval.
      </p>
      {capabilities !== undefined && (
        <p className="mt-2 text-[0.87rem] text-faint">
          ant-clio {capabilities.version} · {capabilities.where === "aws" ? "on AWS" : "on this machine"} ·{" "}
          {capabilities.stage}
        </p>
      )}
    </Dialog>
  );
}
