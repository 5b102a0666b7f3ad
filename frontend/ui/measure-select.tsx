import { NO_VALUE, OTHER_VALUES } from "../../shared/contracts/published.ts";
import type { Generation } from "../api/use-data.ts";
import { useDimensions } from "../filter/use-counts.ts";
import { languageName } from "../model/words.ts";
import { PLAIN_MEASURES, measureKey, parseMeasure } from "../model/measure.ts";
import { useView } from "../url/use-view.ts";
import { Select } from "./field.tsx";

const WORDS: Record<(typeof PLAIN_MEASURES)[number], string> = {
  group: "Top group",
  size: "Share of everything",
  growth: "Growth: last week against those before",
  concern: "Concern of 3 and above",
  frustration: "Frustration of 3 and above",
};

/** What colours stand for. */
export function MeasureSelect({ generation }: { readonly generation: Generation }) {
  const { view, change } = useView();
  const { sums } = useDimensions(generation);
  const languages = (sums.get("language") ?? [])
    .map(({ value }) => value)
    .filter((tag) => parseMeasure(`language:${tag}`) !== null && tag !== OTHER_VALUES && tag !== NO_VALUE)
    .slice(0, 12);
  return (
    <Select
      label="Colour"
      small
      value={measureKey(view.measure)}
      onChange={(key) => change({ measure: parseMeasure(key) ?? { kind: "group" } })}
      choices={[
        ...PLAIN_MEASURES.map((kind) => ({ value: kind as string, words: WORDS[kind] })),
        ...languages.map((tag) => ({ value: `language:${tag}`, words: `Share in ${languageName(tag)}` })),
        ...(view.measure.kind === "language" &&
        !languages.some((tag) => `language:${tag}` === measureKey(view.measure))
          ? [{ value: measureKey(view.measure), words: `Share in ${languageName(view.measure.tag)}` }]
          : []),
      ]}
    />
  );
}

export const measureTitle = (key: string): string =>
  WORDS[key as keyof typeof WORDS] ?? `Share in ${languageName(key.replace("language:", ""))}`;
