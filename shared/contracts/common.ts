import * as z from "zod";

/** Version of every artifact schema in `shared/contracts/`; raised when a reader of the old form would misread the new. */
export const ARTIFACT_SCHEMA_VERSION = "1.0.0";

export const count = z.int().min(0);

/** Ratings of concern, frustration and privacy: 1 to 5 (Clio, appendix G). */
export const rating = z.int().min(1).max(5);
export type Rating = 1 | 2 | 3 | 4 | 5;

/** Lower-case letters, digits and dashes: safe as a folder, an S3 key part, a DynamoDB key and an execution name (80 less "-<attempt>"). */
export const runId = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{1,62}[a-z0-9]$/,
    "3 to 64 lower-case letters, digits and dashes, ending in neither dash",
  );

/** First 16 hexadecimal digits of a SHA-256. */
export const fingerprint = z.string().regex(/^[0-9a-f]{16}$/);

export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const isoTime = z.iso.datetime({ offset: true });

/** A UTC calendar day, YYYY-MM-DD. */
export const day = z.iso.date();

/** Any JSON value; what carries a phase's own state through the engine, which does not look inside. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export const json: z.ZodType<Json> = z.json();
