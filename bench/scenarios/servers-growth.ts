import { TYPED } from "../../test/world/many-names.ts";
import { CHART_PATIENT, type Clinic } from "../clinic.ts";
import { type Figure, type Spread, time } from "../measure.ts";
import { LISTS } from "./lists.ts";

/** What must not take longer because there are more patients. */
const GROWING = {
  ...LISTS,
  "chart, first page": (clinic: Clinic) => clinic.call("patients", "getChart", { patientId: CHART_PATIENT }, "doctor"),
  search: (clinic: Clinic, turn: number) => clinic.call("patients", "search", { text: TYPED[turn % TYPED.length] ?? "" }),
} as const;

/** How long each list took in a clinic of one size. */
export interface ListTimes {
  patients: number;
  spreads: Map<string, Spread>;
}

/** Times each list. A Neo4j holds one clinic, so sizes are measured one after the other instead of in turns. */
export async function timeLists(clinic: Clinic, turns: number): Promise<ListTimes> {
  const spreads = new Map<string, Spread>();
  for (const [name, list] of Object.entries(GROWING)) {
    spreads.set(name, await time(turns, (turn) => list(clinic, turn), Math.ceil(turns / 2)));
  }
  return { patients: clinic.patients, spreads };
}

/** How much longer they take in the larger clinic. */
export function growthBetween(small: ListTimes, large: ListTimes): Figure[] {
  const size = ({ patients }: ListTimes) => (patients < 1_000 ? String(patients) : `${patients / 1_000}k`);
  return [...small.spreads].map(([name, before]) => {
    const after = large.spreads.get(name)?.p50 ?? Number.NaN;
    const note = `${before.p50.toFixed(2)} → ${after.toFixed(2)} ms`;
    return { name: `${name}, ${size(small)} → ${size(large)} patients`, value: after / before.p50, unit: "×", goal: { atMost: 1.2 }, note };
  });
}
