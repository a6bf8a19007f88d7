import type { Random } from "./random.ts";
import type { Story } from "./story.ts";

export interface PlannedObservation {
  /** LOINC code, or `finding`. */
  kind: string;
  value?: number;
  unit?: string;
  text?: string;
}

/** Vital signs that suit the age and the story, one decimal where the instrument shows one. */
export function planObservations(random: Random, story: Story, age: number): PlannedObservation[] {
  const has = (sign: NonNullable<Story["signs"]>[number]) => story.signs?.includes(sign) ?? false;
  const child = age < 12;
  const observations: PlannedObservation[] = [];
  if (!child && (has("high-pressure") || random.chance(0.3))) {
    const systolic = random.int(108, 132) + Math.round(age / 10) + (has("high-pressure") ? random.int(12, 30) : 0);
    observations.push({ kind: "8480-6", value: systolic, unit: "mmHg" });
    observations.push({ kind: "8462-4", value: Math.round(systolic * 0.56) + random.int(2, 12), unit: "mmHg" });
  }
  if (has("fast") || random.chance(0.4)) {
    const pulse = (child ? random.int(88, 112) : random.int(62, 84)) + (has("fast") ? random.int(12, 26) : 0);
    observations.push({ kind: "8867-4", value: pulse, unit: "/min" });
  }
  if (has("fever") || (child && random.chance(0.5)))
    observations.push({ kind: "8310-5", value: tenth(36.4 + random.next() * 0.7 + (has("fever") ? 1.2 : 0)), unit: "°C" });
  if (has("low-oxygen")) {
    observations.push({ kind: "59408-5", value: random.int(92, 96), unit: "%" });
    observations.push({ kind: "9279-1", value: random.int(18, 26), unit: "/min" });
  }
  if (has("glucose")) {
    observations.push({ kind: "15074-8", value: tenth(6.2 + random.next() * 5), unit: "mmol/L" });
    observations.push({ kind: "4548-4", value: tenth(6.3 + random.next() * 2.2), unit: "%" });
  }
  if (has("weight")) observations.push({ kind: "29463-7", value: weight(random, age), unit: "kg" });
  if (story.finding) observations.push({ kind: "finding", text: story.finding });
  return observations;
}

function weight(random: Random, age: number): number {
  if (age < 12) return tenth(4 + age * 2.7 + random.next() * 3);
  return tenth(52 + random.next() * 42);
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
