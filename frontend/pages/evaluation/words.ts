import type { GroupingMethod, LeakLayer } from "../../../shared/contracts/evaluation.ts";

export const METHOD_WORDS: Record<GroupingMethod, string> = {
  clio: "This run",
  tfidf_kmeans: "TF-IDF and k-means",
  random: "At random",
  majority: "One group for all",
};

export const LEAK_WORDS: Record<LeakLayer, string> = {
  facets: "Summaries of single conversations",
  names: "Names of groups, before the gates",
  published: "What is published",
};

/** Scores of a grouping, each with what it says. */
export const SCORES = [
  {
    key: "nmi",
    words: "NMI",
    note: "shared information with the true topics; high by itself where groups are many",
  },
  { key: "ari", words: "ARI", note: "pairs put together rightly, against chance" },
  { key: "homogeneity", words: "Homogeneity", note: "each group holds one topic" },
  { key: "completeness", words: "Completeness", note: "each topic is in one group" },
  { key: "purity", words: "Purity", note: "conversations of their group's main topic" },
] as const;
