/**
 * The run table: what `infra/` makes and the stores of `shared/adapters/aws` use. All items of a run share its partition,
 * so that deleting the run is deleting the partition.
 */
export const RUN_TABLE = {
  /** String. */
  partitionKey: "pk",
  /** String. */
  sortKey: "sk",
  /** Number: seconds since 1970 UTC after which DynamoDB deletes the item; only where a retention is set. */
  ttl: "expires_at",
  /** Runs by the time of their creation. Keys alone: the manifests are then read consistently, and changing one costs no index write. */
  byStart: {
    name: "by-start",
    /** String, of manifests alone. */
    partitionKey: "list",
    /** String. */
    sortKey: "started",
    projection: "KEYS_ONLY",
  },
} as const;
