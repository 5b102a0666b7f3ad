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
}

/**
 * A secret of JSON text, fetched at the first call and then kept for as long as the process lives; after a failure the
 * next call fetches again. Throws PermanentError "invalid_secret" for one that does not fit the schema. No error holds
 * any part of the value.
 */
export function secretReader<T>({ client, secretId, schema }: SecretOptions<T>): () => Promise<T> {
  let kept: Promise<T> | null = null;

  async function fetched(): Promise<T> {
    const { SecretString: text } = await translatedAws("read the secret of the providers' keys", () =>
      client.send(new GetSecretValueCommand({ SecretId: secretId })),
    );
    return parsed(text, schema);
  }

  return () => {
    kept ??= fetched().catch((error: unknown) => {
      kept = null;
      throw error;
    });
    return kept;
  };
}

function parsed<T>(text: string | undefined, schema: z.ZodType<T>): T {
  if (text === undefined) throw invalid("it is binary");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's message quotes the text.
    throw invalid("it is not JSON");
  }
  const checked = schema.safeParse(value);
  if (checked.success) return checked.data;
  // Places of known fields alone: the messages of a schema, and the names of unknown fields, may be values.
  const places = checked.error.issues.map(({ path }) => `"${path.join(".")}"`);
  throw invalid(`bad value at ${[...new Set(places)].join(", ")}`);
}

function invalid(why: string): PermanentError {
  return new PermanentError(`The secret of the providers' keys cannot be used: ${why}.`, {
    code: "invalid_secret",
    hint: "Store a JSON object with one string per key in Secrets Manager, then start the run again.",
  });
}
