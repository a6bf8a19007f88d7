import { graver, judgeValue, LOINC, type RangeVerdict } from "@shared/model/observation-ranges.ts";
import type { Observation } from "./types.ts";

export type MeasureName = "bloodPressure" | "pulse" | "temperature" | "oxygen" | "breathing" | "glucose" | "hba1c" | "weight" | "height";

export interface Measure {
  name: MeasureName;
  /** LOINC codes: one, or two that are read as a pair ("148/92"). */
  kinds: readonly [string] | readonly [string, string];
  unit: string;
  /** Beyond these an entry is taken for a slip of the keyboard. Not a clinical range. */
  enterable: readonly [number, number];
  /** What a clinician types for it, in either language. */
  words: readonly string[];
}

/** What is measured here, in the order it is shown. */
export const MEASURES: readonly Measure[] = [
  {
    ...{ name: "bloodPressure", kinds: [LOINC.systolic, LOINC.diastolic], unit: "mmHg", enterable: [20, 350] },
    words: ["bp", "ضغط", "الضغط"],
  },
  { name: "pulse", kinds: [LOINC.pulse], unit: "/min", enterable: [15, 350], words: ["p", "hr", "pulse", "نبض", "النبض"] },
  { name: "temperature", kinds: [LOINC.temperature], unit: "°C", enterable: [25, 45], words: ["t", "temp", "حرارة", "الحرارة"] },
  { name: "oxygen", kinds: [LOINC.oxygen], unit: "%", enterable: [30, 100], words: ["o2", "spo2", "sat", "أكسجين", "الأكسجين"] },
  { name: "breathing", kinds: [LOINC.breathing], unit: "/min", enterable: [3, 120], words: ["rr", "resp", "تنفس", "التنفس"] },
  { name: "glucose", kinds: [LOINC.glucose], unit: "mmol/L", enterable: [0.5, 70], words: ["glu", "glucose", "سكر", "السكر"] },
  { name: "hba1c", kinds: [LOINC.hba1c], unit: "%", enterable: [2, 25], words: ["hba1c", "a1c", "تراكمي", "التراكمي"] },
  { name: "weight", kinds: [LOINC.weight], unit: "kg", enterable: [0.3, 500], words: ["w", "wt", "weight", "وزن", "الوزن"] },
  { name: "height", kinds: [LOINC.height], unit: "cm", enterable: [20, 260], words: ["h", "ht", "height", "طول", "الطول"] },
];

export interface Reading {
  measure: Measure;
  /** One value, or systolic and diastolic. */
  values: readonly number[];
  unit: string;
  recordedAt: string;
  verdict: RangeVerdict | null;
}

/** The readings of one measure in these observations, oldest first. Pairs are what one visit recorded one after the other. */
export function readingsOf(measure: Measure, observations: readonly Observation[], ageAt: (instant: string) => number): Reading[] {
  const [first, second] = measure.kinds;
  const measured = (kind: string) =>
    observations
      .filter((one) => one.kind === kind && one.value !== null)
      .sort((a, b) => a.recordedAt.localeCompare(b.recordedAt) || a.id.localeCompare(b.id));
  const partners = second ? measured(second) : [];
  const used = new Set<string>();
  return measured(first).flatMap((one) => {
    const partner = partners.find(
      (other) => other.encounterId === one.encounterId && other.recordedAt >= one.recordedAt && !used.has(other.id),
    );
    if (second && !partner) return [];
    if (partner) used.add(partner.id);
    const parts = partner ? [one, partner] : [one];
    const age = ageAt(one.recordedAt);
    const verdict = parts.map((part) => judgeValue({ ...part, value: part.value ?? 0 }, age)).reduce(graver, null);
    return [{ measure, values: parts.map((part) => part.value ?? 0), unit: one.unit ?? measure.unit, recordedAt: one.recordedAt, verdict }];
  });
}

/** Every measure with something measured: its readings, oldest first. */
export function measured(observations: readonly Observation[], ageAt: (instant: string) => number): [Measure, Reading[]][] {
  return MEASURES.map((measure): [Measure, Reading[]] => [measure, readingsOf(measure, observations, ageAt)]).filter(
    ([, list]) => list.length > 0,
  );
}

/** Observations that are no reading of a measure: words, and kinds of elsewhere. */
export function otherFindings(observations: readonly Observation[]): Observation[] {
  const known = new Set(MEASURES.flatMap(({ kinds }) => kinds));
  return observations.filter(({ kind, value }) => value === null || !known.has(kind));
}
