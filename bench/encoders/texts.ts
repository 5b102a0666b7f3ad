import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { eld } from "eld/extrasmall";
import * as z from "zod";
import { offlineFacets } from "../../shared/adapters/offline/facets.ts";
import { message } from "../../shared/contracts/conversation.ts";
import { facetText } from "../../shared/domain/facet-text.ts";

/** Texts with the group that each belongs to, of which the encoders know nothing. */
export interface TextSet {
  readonly name: string;
  readonly texts: string[];
  readonly groups: string[];
}

const conversation = z.object({ conversation_id: z.string(), messages: z.array(message) });
type Conversation = z.infer<typeof conversation>;

async function lines<T>(path: string, schema: z.ZodType<T>): Promise<T[]> {
  const text = await readFile(path, "utf8");
  return text.split("\n").flatMap((line) => (line === "" ? [] : [schema.parse(JSON.parse(line))]));
}

/** What the pipeline embeds: facet text by the offline rules. */
const facets = ({ messages }: Conversation): string => facetText(offlineFacets({ messages }, eld));
const request = ({ messages }: Conversation): string => messages[0]?.content ?? "";
const asked = (content: string): Conversation => ({
  conversation_id: "",
  messages: [{ role: "user", content }],
});

export async function clincRequests(folder: string): Promise<string[]> {
  return (await lines(`${folder}/conversations.jsonl`, conversation)).map(request);
}

/** 4,600 requests to a voice assistant, 150 intents and "oos" (Larson et al. 2019). */
async function clinc(folder: string): Promise<TextSet[]> {
  const conversations = await lines(`${folder}/conversations.jsonl`, conversation);
  const labels = await lines(
    `${folder}/labels.jsonl`,
    z.object({ conversation_id: z.string(), label: z.string() }),
  );
  const label = new Map(labels.map((row) => [row.conversation_id, row.label]));
  const groups = conversations.map(({ conversation_id }) => label.get(conversation_id) ?? "");
  return [
    { name: "CLINC150, requests", texts: conversations.map(request), groups },
    { name: "CLINC150, facets", texts: conversations.map(facets), groups },
  ];
}

/** 360 requests to a language model, 24 topics, written for this comparison. */
async function heldOut(): Promise<TextSet[]> {
  const path = fileURLToPath(new URL("../data/held-out-requests.jsonl", import.meta.url));
  const rows = await lines(path, z.object({ text: z.string(), topic: z.string() }));
  const groups = rows.map(({ topic }) => topic);
  return [
    { name: "held-out, requests", texts: rows.map(({ text }) => text), groups },
    { name: "held-out, facets", texts: rows.map(({ text }) => facets(asked(text))), groups },
  ];
}

/** The bundled made-up conversations, English alone: other languages are not understood by any encoder here. */
async function bundled(): Promise<TextSet[]> {
  const path = fileURLToPath(new URL("../../data/mock/conversations_2400", import.meta.url));
  const conversations = await lines(`${path}.jsonl`, conversation);
  const labels = await lines(
    `${path}.labels.jsonl`,
    z.object({ use_case: z.string(), language: z.string() }),
  );
  const kept = conversations.flatMap((row, i) => {
    const label = labels[i];
    return label?.language === "en" ? [{ text: facets(row), group: label.use_case }] : [];
  });
  return [
    {
      name: "bundled 2,400, English, facets",
      texts: kept.map(({ text }) => text),
      groups: kept.map(({ group }) => group),
    },
  ];
}

export async function textSets(clincFolder: string): Promise<TextSet[]> {
  return [...(await clinc(clincFolder)), ...(await heldOut()), ...(await bundled())];
}
