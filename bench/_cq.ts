import { offlineFacets } from "/work/main/shared/adapters/offline/facets.ts";
import { offlineEmbedder } from "/work/main/shared/adapters/offline/embedder.ts";
import { kmeans } from "/work/main/shared/domain/kmeans/kmeans.ts";
import { agreement } from "/work/main/shared/domain/agreement.ts";
import { eld } from "eld/extrasmall";
import { readFileSync } from "node:fs";
const L = readFileSync("/work/shared/data/clinc150/conversations.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((l) => JSON.parse(l));
const G = readFileSync("/work/shared/data/clinc150/labels.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((l) => JSON.parse(l));
const lab = new Map(G.map((g) => [g.conversation_id, g]));
const keep = L.filter((c, i) => i % 2 === 0 && lab.get(c.conversation_id).label !== "oos");
const F = keep.map((c) => offlineFacets({ messages: c.messages }, eld));
const raw = keep.map((c) => c.messages[0].content as string);
const or = (x: string | null, i: number) => x ?? raw[i]!;
const V: Record<string, string[]> = {
  raw,
  request: F.map((f, i) => or(f.request, i)),
  summary: F.map((f, i) => or(f.summary, i)),
  reqtopic: F.map((f, i) => or(f.request, i) + ". " + (f.topic ?? "")),
  all: F.map((f, i) => [f.summary, f.request, f.task, f.topic].filter(Boolean).join("\n") || raw[i]!),
  topic: F.map((f, i) => or(f.topic, i)),
};
import { findRequest } from "/work/main/shared/adapters/offline/facets/request.ts";
import { anonymise } from "/work/main/shared/adapters/offline/facets/phrase.ts";
const R0 = raw.map((t) => findRequest(t));
V.core = R0.map((r, i) => r?.core ?? raw[i]!);
V.anon = raw.map((t) => anonymise(t));
V.nofind = F.map((f, i) =>
  or(f.request, i).replace(/^(find out|get help because|get information on|learn about) /, ""),
);
V.third = raw.map((t) =>
  t
    .replace(/\bi\b/g, "they")
    .replace(/\bmy\b/g, "their")
    .replace(/\bme\b/g, "them"),
);
V.you = raw.map((t) => t.replace(/\byour\b/g, "the assistant's").replace(/\byou\b/g, "the assistant"));
V.open = raw.map((t) => t.replace(/^(can|could|would|will) you (please )?/, "").replace(/,? ?please$/, ""));
V.how = raw.map((t) => t.replace(/^how (do|can|could|would|should) i /, ""));
const light = (t: string) =>
  t
    .replace(/^(?:(?:hi|hello|hey|please|ok|okay|so|well|um)\b[\s,.!]*)+/i, "")
    .replace(/^(can|could|would|will) you (please )?/i, "")
    .replace(/[,.!? ]*\b(?:please|thanks)?[.,!? ]*$/i, "");
V.light = raw.map((t) => anonymise(light(t)));
V.lightTopic = V.light.map((t, i) => t + "\n" + (F[i]!.topic ?? ""));
V.lightAsk = V.light.map((t, i) => "The user asked: " + t);
V.lightAll = V.light.map(
  (t, i) =>
    "The user asked: " +
    t +
    "\n" +
    t +
    "\n" +
    t.split(" ").slice(0, 6).join(" ") +
    "\n" +
    (F[i]!.topic ?? ""),
);
V.lightTwice = V.light.map((t, i) => t + "\n" + t);
V.mean = V.light;
const pick = (process.argv[2] ?? Object.keys(V).join(",")).split(",");
const e = offlineEmbedder({ threads: 2 });
const signal = new AbortController().signal;
for (const n of pick) {
  const t = performance.now();
  const m = await e.embed(V[n]!, { signal });
  const te = performance.now() - t;
  const truth = keep.map((c) => lab.get(c.conversation_id).label);
  let knn = 0;
  const D = m.cols;
  for (let i = 0; i < 600; i++) {
    let b = -2,
      bi = 0;
    for (let j = 0; j < m.rows; j++) {
      if (j === i) continue;
      let s = 0;
      for (let k = 0; k < D; k++) s += m.data[i * D + k]! * m.data[j * D + k]!;
      if (s > b) {
        b = s;
        bi = j;
      }
    }
    if (truth[i] === truth[bi]) knn++;
  }
  const R = [1, 2, 3].map((seed) => agreement(truth, kmeans(m, 150, { seed, restarts: 2 }).labels as any));
  console.log(
    n.padEnd(9),
    JSON.stringify(
      Object.fromEntries(
        Object.keys(R[0]!).map((k) => [k, +(R.reduce((a, r) => a + ((r as any)[k] ?? 0), 0) / 3).toFixed(3)]),
      ),
    ),
    "1nn",
    (knn / 600).toFixed(3),
    "embed s",
    (te / 1e3).toFixed(1),
  );
}
await e.close();
