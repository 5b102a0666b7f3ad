import { cutText, tokensUpTo } from "./cut-text.ts";
import type { Fit } from "./prompt.ts";

interface Message {
  readonly role: string;
  readonly content: string;
}

/** Share of the room that the first user message may take in any case; more where the last one needs less. */
const FIRST_SHARE = 0.5;

const marker = (count: number): string =>
  `[... ${count} ${count === 1 ? "message" : "messages"} left out ...]`;

/**
 * The messages of a conversation as pieces of text that fit the room, in their order. What does not fit is left out
 * between the first user message, which says what is wanted, and the last ones, which say what came of it; from the middle
 * the fewest are missed. Each message is counted once, and no further than the room.
 * @param render how a message stands in the prompt.
 */
export function cutConversation<M extends Message>(
  messages: readonly M[],
  render: (message: M) => string,
  fit: Fit,
): string[] {
  const { countTokens, room } = fit;
  const rendered = messages.map(render);
  // A token is at least one byte of UTF-8, of which a UTF-16 unit has at most three: most conversations fit uncounted.
  const mostTokens = rendered.reduce((sum, text) => sum + 3 * text.length + 1, 0);
  if (mostTokens <= room) return rendered;
  const costs = rendered.map((text) => tokensUpTo(text, fit) + 1);
  if (costs.reduce((sum, cost) => sum + cost, 0) <= room) return rendered;

  const firstUser = Math.max(
    0,
    messages.findIndex(({ role, content }) => role === "user" && content.trim() !== ""),
  );
  // Two gaps at most: before the first user message, and in the middle.
  let left = room - 2 * (countTokens(marker(messages.length)) + 1);
  const pieces = new Map<number, string>();
  const place = (at: number, space: number): boolean => {
    if (costs[at]! <= space) {
      pieces.set(at, render(messages[at]!));
      left -= costs[at]!;
      return true;
    }
    const cut = cutRendered(messages[at]!, render, { countTokens, room: space - 1 });
    if (cut === null) return false;
    pieces.set(at, cut);
    left -= tokensUpTo(cut, fit) + 1;
    return true;
  };

  const last = messages.length - 1;
  const rest = firstUser === last ? 0 : Math.min(costs[last]!, Math.floor(left * (1 - FIRST_SHARE)));
  place(firstUser, left - rest);
  let [head, tail] = [firstUser + 1, last - 1];
  let headOpen = true;
  let tailOpen = last !== firstUser && place(last, left);
  while (head <= tail && (headOpen || tailOpen)) {
    if (tailOpen) {
      tailOpen = costs[tail]! <= left && place(tail, left);
      if (tailOpen) tail--;
    }
    if (headOpen && head <= tail) {
      headOpen = costs[head]! <= left && place(head, left);
      if (headOpen) head++;
    }
  }
  return withMarkers(pieces, messages.length);
}

/** A message cut from its middle; null when not even its frame fits. */
function cutRendered<M extends Message>(message: M, render: (message: M) => string, fit: Fit): string | null {
  const frame = fit.countTokens(render({ ...message, content: "" }));
  const content = cutText(message.content, { ...fit, room: fit.room - frame });
  return content === "" ? null : render({ ...message, content });
}

/** Pieces in order, with a marker where something is missing between or before them. */
function withMarkers(pieces: ReadonlyMap<number, string>, count: number): string[] {
  const lines: string[] = [];
  if (pieces.size === 0) return lines;
  let missing = 0;
  for (let at = 0; at < count; at++) {
    const piece = pieces.get(at);
    if (piece === undefined) missing++;
    else {
      if (missing > 0) lines.push(marker(missing));
      missing = 0;
      lines.push(piece);
    }
  }
  if (missing > 0) lines.push(marker(missing));
  return lines;
}
