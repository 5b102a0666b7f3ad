import { canaryKind, leakLayer } from "../../contracts/evaluation.ts";
import type { AttackScores, LeakLayer, LeakScores, SyntheticTruth } from "../../contracts/evaluation.ts";
import type { Minimums } from "../../contracts/clusters.ts";
import { rateWithInterval } from "../interval.ts";
import { randomInt } from "../random.ts";
import type { Random } from "../random.ts";
import { SECRETS } from "./attack-plan.ts";

/** A text in which a canary is found however it is spaced or punctuated. */
export function searchable(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}@]/gu, "");
}

/** What each layer holds that could repeat a canary of this conversation, made `searchable`. */
export type LayerTexts = Readonly<Record<LeakLayer, (conversationId: string) => string>>;

/** Canaries that turn up again, per layer and kind. */
export function leaksOf(
  truth: readonly SyntheticTruth[],
  layers: LayerTexts,
  minimums: Minimums,
): LeakScores {
  const planted = truth.flatMap(({ conversation_id: id, canary }) =>
    canary === null ? [] : [{ id, ...canary }],
  );
  const scored = leakLayer.options.map((layer) => {
    const found = planted.map(({ id, kind, value }) => ({
      kind,
      leaked: layers[layer](id).includes(searchable(value)),
    }));
    const rate = (those: typeof found) =>
      rateWithInterval(those.filter(({ leaked }) => leaked).length, those.length);
    return {
      layer,
      leaked: rate(found),
      kinds: canaryKind.options.map((kind) => ({
        kind,
        leaked: rate(found.filter((one) => one.kind === kind)),
      })),
    };
  });
  return { minimums, layers: scored };
}

/** Secrets that a text names, in its own order. */
function secretsIn(text: string): string[] {
  const lower = text.toLowerCase();
  return SECRETS.filter((secret) => lower.includes(secret)).sort(
    (a, b) => lower.indexOf(a) - lower.indexOf(b),
  );
}

/**
 * What the attacker gets: it reads the names and descriptions that speak of the target's topic, takes the first secret
 * that they name, and guesses where they name none.
 * @param texts one for each group that is shown: its name and description.
 */
export function attackOf(
  truth: readonly SyntheticTruth[],
  texts: readonly string[],
  random: Random,
): AttackScores {
  const targets = truth.flatMap(({ attack }) => (attack?.of === "target" ? [attack] : []));
  const outcomes = targets.map(({ accounts, topic, secret }) => {
    const told = texts.filter((text) => text.toLowerCase().includes(topic)).flatMap(secretsIn)[0];
    const guess = SECRETS[randomInt(random, SECRETS.length)]!;
    return { accounts, told: told !== undefined, right: (told ?? guess) === secret };
  });
  const byAccounts = Map.groupBy(outcomes, ({ accounts }) => accounts);
  return {
    choices: SECRETS.length,
    guessing: 1 / SECRETS.length,
    by_accounts: [...byAccounts].map(([accounts, those]) => ({
      accounts,
      recovered: rateWithInterval(those.filter(({ right }) => right).length, those.length),
      told: rateWithInterval(those.filter(({ told }) => told).length, those.length),
    })),
  };
}
