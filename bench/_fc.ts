import { offlineFacets } from "/work/main/shared/adapters/offline/facets.ts";
import { eld } from "eld/extrasmall";
import { readFileSync } from "node:fs";
const L = readFileSync(process.argv[2] ?? "/work/shared/data/clinc150/conversations.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((l) => JSON.parse(l));
const t = performance.now();
const out = L.map((c) => offlineFacets({ messages: c.messages }, eld));
console.log((L.length / ((performance.now() - t) / 1e3)).toFixed(0) + " conv/s");
const step = Number(process.argv[3] ?? 97),
  off = Number(process.argv[4] ?? 0);
for (let i = off; i < L.length; i += step) {
  const o = out[i]!;
  console.log(
    JSON.stringify(
      L[i].messages
        .filter((m: any) => m.role === "user")
        .map((m: any) => m.content)
        .join(" | ")
        .slice(0, 300),
    ),
  );
  console.log(
    "   R:",
    o.request,
    "\n   T:",
    o.task,
    " #",
    o.topic,
    o.language !== "en" ? o.language : "",
    o.concern.score > 1 ? "C" + o.concern.score + o.concern.reason : "",
    o.frustration > 1 ? "F" + o.frustration : "",
    o.secondary_requests.length ? JSON.stringify(o.secondary_requests) : "",
    o.assistant_errors.length ? JSON.stringify(o.assistant_errors) : "",
  );
}
const c: any = {};
for (const o of out) {
  c["c" + o.concern.score] = (c["c" + o.concern.score] ?? 0) + 1;
  c["f" + o.frustration] = (c["f" + o.frustration] ?? 0) + 1;
  if (o.request === null) c.null = (c.null ?? 0) + 1;
}
console.log(c);
