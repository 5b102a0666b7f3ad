import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import type * as z from "zod";
import { PermanentError } from "../../errors.ts";
import { translatedAws } from "./faults.ts";

export interface SecretOptions<T> {
  readonly client: SecretsManagerClient;
  /** Name or ARN. */
  readonly secretId: string;
  readonly schema: z.ZodType<T>;
  /** What is in it, for errors; left out: the keys of the providers. */
  readonly what?: string;
}

/**
 * A secret of JSON text, fetched at the first call and then kept for as long as the process lives; after a failure the
 * next call fetches again. Throws PermanentError "invalid_secret" for one that does not fit the schema. No error holds
 * any part of the value.
 */
export function secretReader<T>({
  client,
  secretId,
  schema,
  what = "the providers' keys",
}: SecretOptions<T>): () => Promise<T> {
  let kept: Promise<T> | null = null;

  async function fetched(): Promise<T> {
    const { SecretString: text } = await translatedAws(`read the secret of ${what}`, () =>
      client.send(new GetSecretValueCommand({ SecretId: secretId })),
    );
    return parsed(text, schema, what);
  }

  return () => {
    kept ??= fetched().catch((error: unknown) => {
      kept = null;
      throw error;
    });
    return kept;
  };
}

function parsed<T>(text: string | undefined, schema: z.ZodType<T>, what: string): T {
  if (text === undefined) throw invalid(what, "it is binary");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's message quotes the text.
    throw invalid(what, "it is not JSON");
  }
  const checked = schema.safeParse(value);
  if (checked.success) return checked.data;
  // Places of known fields alone: the messages of a schema, and the names of unknown fields, may be values.
  const places = checked.error.issues.map(({ path }) => `"${path.join(".")}"`);
  throw invalid(what, `bad value at ${[...new Set(places)].join(", ")}`);
}

function invalid(what: string, why: string): PermanentError {
  return new PermanentError(`The secret of ${what} cannot be used: ${why}.`, {
    code: "invalid_secret",
    hint: "Store a JSON object with one string per key in Secrets Manager, then start the run again.",
  });
}
