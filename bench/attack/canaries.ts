import { PermanentError } from "../../shared/errors.ts";
import { decodeJson } from "../../shared/domain/jsonl.ts";
import { publishedPrefix } from "../../shared/keys.ts";
import type { Model } from "../../shared/ports/model.ts";
import { jsonlOf, memoryRun } from "../../test/helpers/memory-run.ts";
import type { Chat, MemoryRun, MemoryRunOptions } from "../../test/helpers/memory-run.ts";
import { scriptedModel } from "../../test/helpers/scripted-provider.ts";
import { defendedPhases } from "./defended-phases.ts";
import type { Setting } from "./defended-phases.ts";

/** One of each kind, each said by one user. */
export const CANARIES: Readonly<Record<string, string>> = {
  email: "zebulon.quackenbush@canary-mail.example",
  phone: "+44 20 7946 0321",
  card: "4539 1488 0343 6467",
  iban: "GB82 WEST 1234 5698 7654 32",
  key: "sk-canary9f8e7d6c5b4a39281706f5e4d3c2b1a0",
  name: "Zebulon Quackenbush",
  word: "flumadiddlewort",
  url: "https://canary.example/u/99183/reset?token=ab12cd34",
};

const REPAIR = "repair the old garden fence";
const CHATS_OF_ONE = 3;

/** How a canary is said: names are introduced, as masking knows them. */
const said = ([kind, canary]: [string, string]): string =>
  kind === "name" ? `my name is ${canary}` : canary;

/** Sixty honest conversations about two things, and each canary in three of one user. */
export const CANARY_CHATS: readonly Chat[] = [
  ...Array.from({ length: 60 }, (_, i) => ({
    id: `honest-${i}`,
    user: `user-${i % 30}`,
    text: i % 2 === 0 ? REPAIR : "bake bread at home",
  })),
  ...Object.entries(CANARIES).flatMap((canary, c) =>
    Array.from({ length: CHATS_OF_ONE }, (_, i) => ({
      id: `planted-${c}-${i}`,
      user: `planted-${c}`,
      text: `${REPAIR}, ${said(canary)}`,
    })),
  ),
];

/** Puts all that it reads beside the subject into the description, and as much as goes into the name. */
export const tellingModel: Model = scriptedModel({
  label: ({ members, words }) => {
    const about = members[0]!.summary.includes("fence") ? "fence" : "bread";
    const rest = [...new Set(members.map(({ summary }) => summary.split("garden fence, ")[1] ?? ""))];
    const told = [...rest.filter((text) => text !== ""), ...words].join("; ");
    return {
      name: `Repair a ${about} ${told}`.trim().split(/\s+/).slice(0, 10).join(" ").slice(0, 120),
      description: `They ask how. ${told}`.trim().slice(0, 600),
    };
  },
});

const squeezed = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** The kinds of canaries that a text holds, however they are spaced. */
export function canariesIn(text: string): string[] {
  const haystack = squeezed(text);
  return Object.entries(CANARIES).flatMap(([kind, canary]) =>
    haystack.includes(squeezed(canary)) ? [kind] : [],
  );
}

/** A run over the canaries with a model that tells what it reads. */
export function canaryRun(
  { defences, config }: Setting = {},
  options: MemoryRunOptions = {},
): Promise<MemoryRun> {
  return memoryRun(jsonlOf(CANARY_CHATS), {
    config: { k: 2, ...config },
    model: tellingModel,
    phases: defendedPhases(defences),
    ...options,
  });
}

/** All that readers get of a run. */
export async function publishedText({ objects, run }: Pick<MemoryRun, "objects" | "run">): Promise<string> {
  const published: string[] = [];
  for await (const { key } of objects.list(publishedPrefix(run.run_id)))
    published.push(key, JSON.stringify(decodeJson((await objects.get(key))!)));
  return published.join("\n");
}

/** Kinds of canaries by how far they came. */
export interface CanaryPlaces {
  readonly facets: readonly string[];
  /** Names and descriptions before the privacy phase. */
  readonly names: readonly string[];
  readonly published: readonly string[];
}

export async function canaryPlaces(setting: Setting): Promise<CanaryPlaces> {
  const run = await canaryRun(setting);
  if (run.failure !== null) throw new PermanentError("the attacked run failed", { code: run.failure.code });
  return {
    facets: canariesIn(JSON.stringify(await run.rows("facets"))),
    names: canariesIn(JSON.stringify(await run.json("labeled_clusters"))),
    published: canariesIn(await publishedText(run)),
  };
}
