/**
 * When a measured value deserves the word "high" or "low". Only thresholds of a published source stand here, with the
 * ages it speaks of; a value without a rule gets no word, which does not mean that it is normal.
 */

/** LOINC codes of what the clinic measures. */
export const LOINC = {
  systolic: "8480-6",
  diastolic: "8462-4",
  pulse: "8867-4",
  temperature: "8310-5",
  oxygen: "59408-5",
  breathing: "9279-1",
  glucose: "15074-8",
  hba1c: "4548-4",
  weight: "29463-7",
  height: "8302-2",
} as const;

export type RangeWord = "very-low" | "low" | "high" | "very-high";

export interface RangeVerdict {
  word: RangeWord;
  /** Guideline and year, for whoever asks why. */
  source: string;
}

interface RangeRule {
  kind: string;
  unit: string;
  source: string;
  /** Youngest age in years that the source speaks of. */
  fromAge: number;
  /** The last digit the thresholds are stated in: a value is rounded to it first. */
  step: number;
  /** Inclusive: at or below. */
  veryLow?: number;
  low?: number;
  /** Inclusive: at or above. */
  high?: number;
  veryHigh?: number;
}

// NEWS2: the band that scores 0 has no word, 1 and 2 points are high or low, 3 points are very high or very low.
const NEWS2 = "NEWS2, Royal College of Physicians, 2017";
// Clinic blood pressure: stage 1 from 140/90, severe from 180/120 mmHg.
const NG136 = "NICE NG136, 2019";

const RULES: readonly RangeRule[] = [
  { kind: LOINC.breathing, unit: "/min", source: NEWS2, fromAge: 16, step: 1, veryLow: 8, low: 11, high: 21, veryHigh: 25 },
  { kind: LOINC.oxygen, unit: "%", source: NEWS2, fromAge: 16, step: 1, veryLow: 91, low: 95 },
  { kind: LOINC.pulse, unit: "/min", source: NEWS2, fromAge: 16, step: 1, veryLow: 40, low: 50, high: 91, veryHigh: 131 },
  { kind: LOINC.temperature, unit: "°C", source: NEWS2, fromAge: 16, step: 0.1, veryLow: 35, low: 36, high: 38.1 },
  { kind: LOINC.systolic, unit: "mmHg", source: NEWS2, fromAge: 16, step: 1, veryLow: 90, low: 110 },
  { kind: LOINC.systolic, unit: "mmHg", source: NG136, fromAge: 18, step: 1, high: 140, veryHigh: 180 },
  { kind: LOINC.diastolic, unit: "mmHg", source: NG136, fromAge: 18, step: 1, high: 90, veryHigh: 120 },
];

/** The word for a value of that kind and unit at that age; null where no rule speaks of it, or none is broken. */
export function judgeValue(
  { kind, value, unit }: { kind: string; value: number; unit: string | null },
  ageYears: number,
): RangeVerdict | null {
  for (const rule of RULES) {
    if (rule.kind !== kind || rule.unit !== unit || ageYears < rule.fromAge) continue;
    const word = wordOf(rule, Math.round(value / rule.step) * rule.step);
    if (word) return { word, source: rule.source };
  }
  return null;
}

function wordOf({ veryLow, low, high, veryHigh, step }: RangeRule, value: number): RangeWord | null {
  // Sums of tenths are not exact in binary: a tenth of a step does not matter.
  const near = step / 10;
  if (veryLow !== undefined && value <= veryLow + near) return "very-low";
  if (low !== undefined && value <= low + near) return "low";
  if (veryHigh !== undefined && value >= veryHigh - near) return "very-high";
  if (high !== undefined && value >= high - near) return "high";
  return null;
}

const WEIGHT: Readonly<Record<RangeWord, number>> = { "very-low": 2, "very-high": 2, high: 1, low: 1 };

/** The graver of two verdicts: what a blood pressure of two numbers says as one. */
export function graver(one: RangeVerdict | null, other: RangeVerdict | null): RangeVerdict | null {
  if (!one || !other) return one ?? other;
  return WEIGHT[other.word] > WEIGHT[one.word] ? other : one;
}
