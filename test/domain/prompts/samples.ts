import type { CustomFacet } from "../../../shared/contracts/facets.ts";
import type { Label, LabelMember, ModelTask, TaskInput } from "../../../shared/contracts/model-tasks.ts";

export const customFacets: CustomFacet[] = [
  {
    id: "part",
    type: "category",
    question: "Which part of the shop?",
    values: ["cart", "N/A"],
    patterns: {},
  },
  { id: "refund", type: "boolean", question: "Is money wanted back?", patterns: [] },
  { id: "patience", type: "number", question: "How many more messages?", min: 0, max: 10 },
  { id: "price", type: "number", question: "What does it cost?", min: 0, max: 100_000 },
  { id: "missing", type: "text", question: "What was not found?" },
];

const member = (summary: string): LabelMember => ({ summary, request: null, task: null, topic: "shopping" });
const cluster = (name: string): Label => ({ name, description: `Users asked about ${name}.` });

/** An input of every task. */
export const samples: { readonly [T in ModelTask]: TaskInput<T> } = {
  facets: {
    messages: [
      { role: "user", content: "Where is my parcel?" },
      { role: "assistant", content: "On its way." },
    ],
    custom: customFacets,
  },
  label: {
    members: ["Users track parcels.", "Users ask where an order is."].map(member),
    outsiders: [member("Users ask for money back.")],
    words: ["courier", "dhl"],
    taken: ["Return goods"],
  },
  propose_parents: {
    clusters: ["Track parcels", "Return goods", "Compare phones"].map(cluster),
    outsiders: [cluster("Plan travel")],
    wanted: 2,
  },
  deduplicate_parents: {
    candidates: ["Handle parcels", "Deal with parcels", "Choose products"].map(cluster),
    wanted: 2,
  },
  assign_parent: {
    cluster: cluster("Track parcels"),
    parents: ["Handle orders", "Choose products"].map(cluster),
  },
  rename_parent: {
    children: [
      { ...cluster("Track parcels"), size: 4 },
      { ...cluster("Return goods"), size: 40 },
    ],
    taken: ["Choose products"],
  },
  audit: { layer: "raw", text: "user: Where is my parcel?" },
  synthesise_conversation: {
    use_case: "order-status",
    domain: "customer_support",
    language: "de",
    tone: "casual",
    turns: ["Wo ist mein Paket?", "Danke."],
    verbatim: ["Meine Nummer ist 030 1234."],
  },
};
