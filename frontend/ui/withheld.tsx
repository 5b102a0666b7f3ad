import type { WithheldReason } from "../../shared/contracts/privacy.ts";
import { NAME_WITHHELD } from "../../shared/domain/published/cluster-tree.ts";
import type { Node } from "../../shared/domain/published/cluster-tree.ts";
import { Icon } from "./icon.tsx";

/** Why a name is not shown, for somebody who has read nothing else. */
export const REASON_WORDS: Record<WithheldReason, string> = {
  audit_rating: "The auditor thought that it could point to a person.",
  personal_data: "It held something that looks like personal data.",
  rare_word: "It held a word that too few people use.",
  verbatim_text: "It repeated one conversation word for word.",
  not_audited: "The auditor gave no valid answer about it.",
};

/** A group's name, or that it is withheld: in words, with a lock and a pattern. */
export function NodeName({ node, lines = 2 }: { readonly node: Node; readonly lines?: 1 | 2 | 4 }) {
  const { name, name_withheld: reasons } = node.cluster;
  if (name === null)
    return (
      <span
        className="withheld inline-flex items-center gap-1 rounded px-1 text-soft italic"
        title={reasons.map((reason) => REASON_WORDS[reason]).join(" ")}
      >
        <Icon name="lock" className="size-3.5!" />
        {NAME_WITHHELD}
      </span>
    );
  const clamp = { 1: "line-clamp-1", 2: "line-clamp-2", 4: "line-clamp-4" }[lines];
  return (
    <span className={`foreign ${clamp}`} title={name.length > 60 ? name.slice(0, 2000) : undefined}>
      {name}
    </span>
  );
}
