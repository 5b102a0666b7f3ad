import type { Provider } from "../shared/adapters/open-provider.ts";
import type { ProviderCheck } from "../shared/contracts/aws.ts";
import { tellError } from "../shared/errors.ts";

export interface CheckServices {
  readonly stage: string;
  /** The stage's provider, as its phases would open it. */
  readonly open: (signal: AbortSignal) => Promise<Provider>;
}

type Outcome<T extends object> = ({ ok: true } & T) | { ok: false; code: string; hint: string | null };

const TEXT = "Where is my parcel?";

async function outcome<T extends object>(check: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, ...(await check()) };
  } catch (error) {
    const { code, hint } = tellError(error, "the provider check");
    return { ok: false, code, hint };
  }
}

/** Opens the stage's provider, embeds one made-up text and asks one question about it: what a run does first. */
export async function checkProvider(
  { stage, open }: CheckServices,
  signal: AbortSignal,
): Promise<ProviderCheck> {
  let opened: Provider | undefined;
  const provider = await outcome(async () => {
    opened = await open(signal);
    return { model: opened.model.identity, embedder: opened.embedder.identity };
  });
  if (opened === undefined) return { ok: false, stage, provider, embedding: null, question: null };
  const { model, embedder } = opened;
  const embedding = await outcome(async () => ({
    dimensions: (await embedder.embed([TEXT], { signal })).cols,
  }));
  const question = await outcome(async () => {
    const { usage } = await model.ask(
      "facets",
      { messages: [{ role: "user", content: TEXT }], custom: [] },
      { signal },
    );
    return { cost_usd: usage.cost_usd };
  });
  return { ok: embedding.ok && question.ok, stage, provider, embedding, question };
}
