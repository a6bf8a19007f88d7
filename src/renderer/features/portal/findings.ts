import { LOINC } from "@shared/model/observation-ranges.ts";

interface Observation {
  id: string;
  kind: string;
  text: string | null;
  value: number | null;
  unit: string | null;
}

/** One line of what a visit found: a reading with its kind, or words. */
export interface Finding {
  id: string;
  /** A LOINC code, `blood-pressure`, or null where the words say it all. */
  kind: string | null;
  reading: string | null;
  words: string | null;
}

/** What one visit recorded, in its order; an upper and the lower blood pressure after it become one reading, "120/80 mmHg". */
export function findingsOf(observations: readonly Observation[]): Finding[] {
  const lower = observations.filter(({ kind, value }) => kind === LOINC.diastolic && value !== null);
  const paired = new Set<string>();
  return observations.flatMap((observation): Finding[] => {
    const { id, kind, text, value, unit } = observation;
    if (paired.has(id)) return [];
    if (value === null) return text ? [{ id, kind: null, reading: null, words: text }] : [];
    const second = kind === LOINC.systolic ? lower.find((candidate) => !paired.has(candidate.id)) : undefined;
    if (!second) return [{ id, kind, reading: withUnit(String(value), unit), words: null }];
    paired.add(second.id);
    return [{ id, kind: "blood-pressure", reading: withUnit(`${value}/${second.value}`, unit), words: null }];
  });
}

const withUnit = (value: string, unit: string | null) => (unit ? `${value} ${unit}` : value);
