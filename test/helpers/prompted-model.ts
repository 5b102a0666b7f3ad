import type { FacetAnswer } from "../../shared/contracts/facets.ts";
import type { Label, ModelTask, TaskAnswer, TaskInput } from "../../shared/contracts/model-tasks.ts";
import { costOf } from "../../shared/domain/prices.ts";
import type { Price } from "../../shared/domain/prices.ts";
import { prompts } from "../../shared/domain/prompts/all.ts";
import type { Prompt } from "../../shared/domain/prompts/prompt.ts";
import { roomFor, tokensOfMessages } from "../../shared/domain/prompts/room.ts";
import { pick } from "../../shared/domain/mock/pick.ts";
import { seededRandom } from "../../shared/domain/random.ts";
import type { Model } from "../../shared/ports/model.ts";

/** A cheap tokenizer: what is counted twice by the same one differs by nothing else. */
export const fourCharacters = (text: string): number => Math.ceil(text.length / 4);

const WORDS =
  "ask help write explain fix plan compare find check improve small large new old other report list table".split(
    " ",
  );

/**
 * A model that is put the real prompts and counts their tokens; it writes about the first word of what it is shown, at
 * some length around that of real answers.
 */
export function promptedModel(contextTokens: number, price: Price): Model {
  const random = seededRandom(1, "prompted-model");
  const sentence = (about: string, words: number): string => {
    const length = Math.max(3, Math.round(words * (0.5 + random())));
    return `${about} ${Array.from({ length }, () => pick(random, WORDS)).join(" ")}.`;
  };
  const label = (about: string): Label => ({
    description: `${sentence(`Users asked about ${about} to`, 10)} ${sentence("Most wanted", 11)}`,
    name: sentence(`Ask about ${about}`, 3).slice(0, -1).split(" ").slice(0, 10).join(" "),
  });
  const subject = ({ name }: Label): string => name.split(" ")[2] ?? "things";
  const answers: { [T in ModelTask]?: (input: TaskInput<T>) => TaskAnswer<T> } = {
    facets: ({ messages }): FacetAnswer => {
      const about = messages[0]?.content.split(" ")[0] ?? "nothing";
      return {
        summary: `${sentence(`The user asked about ${about}`, 17)} ${sentence("The assistant", 15)}`,
        request: sentence(about, 10),
        task: sentence(about, 4),
        topic: about,
        language: "en",
        secondary_requests: [sentence(about, 5)],
        assistant_errors: [],
        frustration: 1,
        concern: { score: 1, reason: null },
      };
    },
    label: ({ members }) => label(members[0]?.topic ?? "things"),
    propose_parents: ({ clusters, wanted }) => ({
      parents: Array.from({ length: Math.ceil(wanted * 1.1) }, (_, i) =>
        label(`${subject(clusters[i % clusters.length]!)}${i}`),
      ),
    }),
    deduplicate_parents: ({ candidates, wanted }) => ({ parents: candidates.slice(0, wanted) }),
    assign_parent: ({ parents }) => ({ parent: pick(random, parents).name }),
    rename_parent: ({ children }) => label(subject(children[0]!)),
    audit: () => ({ reason: sentence("no detail", 9), rating: 5 }),
  };
  return {
    identity: { provider: "prompted", model: "prompted", version: "1" },
    async ask(task, input) {
      const prompt = prompts[task] as unknown as Prompt<typeof task>;
      const room = roomFor(contextTokens, prompt.maxOutputTokens(input), 0);
      const sent = tokensOfMessages(
        prompt.messages(input, { countTokens: fourCharacters, room }),
        fourCharacters,
      );
      const answer = answers[task]!(input as never) as TaskAnswer<typeof task>;
      const said = fourCharacters(JSON.stringify(answer));
      const cost_usd = costOf(price, { input: sent, cachedInput: 0, output: said });
      return { answer, usage: { calls: 1, input_tokens: sent, output_tokens: said, cost_usd } };
    },
  };
}
