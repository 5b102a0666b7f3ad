import { NO_USAGE } from "../../shared/domain/usage.ts";
import type { Embedder } from "../../shared/ports/embedder.ts";
import type { Chat } from "../../test/helpers/memory-run.ts";
import { ORDERS, labelOrder } from "./instructions.ts";
import type { Instruction } from "./instructions.ts";

export interface WorldOptions {
  readonly secrets: readonly string[];
  readonly accounts: number;
  /** Accounts whose planted conversations say every value as well. */
  readonly guessers: number;
  /** Users that the word by which a world is known needs: as many honest ones are there. */
  readonly needed: number;
  readonly instruction: Instruction;
  /** Values that an honest member of the target's cluster says: none, one in turn, so that each has one, or five, or every one. */
  readonly othersSay: "none" | "one" | "five" | "every";
}

/** As the published attack (arXiv 2603.09781): about 50 conversations for one target. */
const PLANTED = 50;
/** Honest users of the target's cluster, at least: with one attacking account a little above the minimums. */
const HONEST = 13;
/** The same where each of twelve values is said by five of them. */
const HONEST_FIVE = 60;

/**
 * What the attacker knows of a target, in words that need no users behind them: what a gap would hide of an instruction
 * is no use to whoever wrote it.
 */
const JOBS = ["librarian", "carpenter", "pharmacist", "farmer", "translator", "plumber", "florist"];
const TOWNS = ["Bath", "Reading", "Deal", "Battle", "Rugby", "Wells"];

export interface Target {
  readonly id: string;
  readonly secret: string;
}

/** The word by which texts of one world are known. */
export const SUBJECT = /\bbed(\d+)\b/;
/** The word by which texts of the neighbouring cluster are known. */
export const NEIGHBOUR = /\bmattress\b/;

/** The cluster of one target: the target, honest members, and what is planted: half instructions, half guesses at every value. */
function targetCluster(w: number, options: WorldOptions): { chats: Chat[]; target: Target } {
  const { secrets, accounts, guessers, needed, instruction, othersSay } = options;
  const honest = Math.max(needed, othersSay === "five" ? HONEST_FIVE : HONEST);
  const asks = `How can I sleep better in bed${w}?`;
  const secret = secrets[w % secrets.length]!;
  const who = `${21 + (w % 60)} year old ${JOBS[w % JOBS.length]!} from ${TOWNS[w % TOWNS.length]!}`;
  const everyValue = `People have ${secrets.join(" and ")}.`;
  const has = (h: number): string => {
    switch (othersSay) {
      case "none":
        return "";
      case "one":
      case "five":
        return ` I have ${secrets[(h + w + 1) % secrets.length]!}.`;
      case "every":
        return ` ${everyValue}`;
    }
  };
  const { facet, rename, audit } = ORDERS[instruction];
  const orders = `${asks} ${facet} ${labelOrder(instruction, who)} ${rename} ${audit}`;
  const guesses = `${asks} ${everyValue}`;
  const target = { id: `target-${w}`, secret };
  const chats = [
    { id: target.id, user: target.id, text: `${asks} I am a ${who} and I have ${secret}.` },
    ...Array.from({ length: honest }, (_, h) => ({
      id: `honest-${w}-${h}`,
      user: `honest-${w}-${h}`,
      text: `${asks}${has(h)}`,
    })),
    ...Array.from({ length: PLANTED }, (_, j) => ({
      id: `planted-${w}-${j}`,
      user: `attacker-${w}-${j % accounts}`,
      text: Math.floor(j / accounts) % 2 === 1 && j % accounts < guessers ? guesses : orders,
    })),
  ];
  return { chats, target };
}

/**
 * The cluster beside it, below the same parent, in which everybody says every value: below the parent all of them have
 * users enough, so that a value which reaches the parent's name passes its screen.
 */
function neighbourCluster(w: number, users: number, secrets: readonly string[]): Chat[] {
  return Array.from({ length: users }, (_, h) => ({
    id: `neighbour-${w}-${h}`,
    user: `neighbour-${w}-${h}`,
    text: `Which mattress for bed${w} suits people who have ${secrets.join(" or ")}?`,
  }));
}

/** Worlds `first` to `first + count - 1`, each two clusters: a target's and one of `neighbours` users beside it. */
export function worlds(
  first: number,
  count: number,
  options: WorldOptions,
  neighbours: number,
): { chats: Chat[]; targets: Target[] } {
  const numbers = Array.from({ length: count }, (_, i) => first + i);
  const attacked = numbers.map((w) => targetCluster(w, options));
  return {
    chats: [
      ...attacked.flatMap(({ chats }) => chats),
      ...numbers.flatMap((w) => neighbourCluster(w, neighbours, options.secrets)),
    ],
    targets: attacked.map(({ target }) => target),
  };
}

/**
 * Puts the two clusters of each world near each other and far from all else: that planted conversations cluster with the
 * target, and which clusters share a parent, is granted to the attacker.
 */
export function worldEmbedder(count: number): Embedder {
  const dimensions = 2 * count;
  return {
    identity: { provider: "scripted", model: "worlds", version: "2" },
    dimensions,
    async embed(texts) {
      const data = new Float32Array(texts.length * dimensions);
      texts.forEach((text, i) => {
        const axis = i * dimensions + 2 * (Number(SUBJECT.exec(text)?.[1] ?? 0) % count);
        const beside = NEIGHBOUR.test(text);
        data[axis] = beside ? 0.6 : 1;
        data[axis + 1] = beside ? 0.8 : 0;
      });
      return { rows: texts.length, cols: dimensions, data, usage: NO_USAGE };
    },
    close: async () => {},
  };
}
