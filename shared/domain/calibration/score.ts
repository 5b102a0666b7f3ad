import * as z from "zod";
import type { AuditCalibration } from "../../contracts/privacy.ts";
import { calibrationGroup, calibrationText } from "../../contracts/privacy.ts";
import type { CalibrationText } from "../../contracts/privacy.ts";
import { auditLayer } from "../../contracts/model-tasks.ts";
import { rateWithInterval } from "../interval.ts";
import bundled from "./audit-set.json" with { type: "json" };

let parsed: readonly CalibrationText[] | undefined;

/** The bundled texts with the verdict of a person: 42 of each layer. People and places in them are invented. */
export function calibrationSet(): readonly CalibrationText[] {
  parsed ??= z.array(calibrationText).parse(bundled);
  return parsed;
}

/** A text of the set and what the auditor made of it; null where it gave no valid answer. */
export interface Judged extends Pick<CalibrationText, "layer" | "group" | "pass"> {
  readonly rating: number | null;
}

/** How an auditor does on texts whose verdict is known. A text that it did not rate counts in no rate. */
export function calibrationOf(judged: readonly Judged[], passRating: number): AuditCalibration {
  const rated = judged.flatMap(({ rating, ...text }) =>
    rating === null ? [] : [{ ...text, passed: rating >= passRating }],
  );
  type Rated = (typeof rated)[number];
  const rate = (of: readonly Rated[], hit: (text: Rated) => boolean): AuditCalibration["accuracy"] =>
    rateWithInterval(of.filter(hit).length, of.length);
  const errors = (of: readonly Rated[]): Pick<AuditCalibration, "false_pass" | "false_alarm"> => ({
    false_pass: rate(
      of.filter(({ pass }) => !pass),
      ({ passed }) => passed,
    ),
    false_alarm: rate(
      of.filter(({ pass }) => pass),
      ({ passed }) => !passed,
    ),
  });
  return {
    texts: judged.length,
    rated: rated.length,
    accuracy: rate(rated, ({ pass, passed }) => pass === passed),
    ...errors(rated),
    layers: auditLayer.options.map((layer) => ({
      layer,
      ...errors(rated.filter((text) => text.layer === layer)),
    })),
    groups: calibrationGroup.options.map((group) => ({
      group,
      wrong: rate(
        rated.filter((text) => text.group === group),
        ({ pass, passed }) => pass !== passed,
      ),
    })),
  };
}
