import type { Random } from "../random.ts";
import { sampleIndices, shuffle } from "../random.ts";
import type { Identity } from "./identity.ts";
import type { Plant, PlantedKind } from "./script.ts";
import { plantedKinds } from "./script.ts";
import { expandTemplate, parseTemplate } from "./template.ts";

/** How often a conversation gives away something in two places. */
const TWO_PLACES = 0.3;

export interface PlantedSentence {
  readonly text: string;
  readonly kinds: readonly PlantedKind[];
}

/** One or two sentences with personal data; none when there is nothing to choose from. */
export function plantSentences(
  plants: readonly Plant[],
  identity: Identity,
  random: Random,
): PlantedSentence[] {
  const wanted = random() < TWO_PLACES ? 2 : 1;
  return shuffle(random, sampleIndices(random, plants.length, wanted)).map((at) => {
    const kinds: PlantedKind[] = [];
    const lookup = (name: string): string => {
      const kind = plantedKinds.find((known) => known === name);
      if (kind === undefined) throw new ReferenceError(`"${name}" is no kind of personal data`);
      kinds.push(kind);
      return identity.value(kind, random);
    };
    const text = expandTemplate(parseTemplate(plants[at]?.text ?? ""), lookup, random);
    return { text, kinds };
  });
}
