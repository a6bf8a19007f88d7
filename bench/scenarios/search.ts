import { Directory } from "@main/features/patients/directory.ts";
import { manyNames, TYPED } from "../../test/world/many-names.ts";
import type { Clinic } from "../clinic.ts";
import { type Figure, spread } from "../measure.ts";

const PAGE = 20;

/** Search as the desk types it, through the route. */
export async function search(clinic: Clinic, rounds: number): Promise<Figure[]> {
  await clinic.call("patients", "listRoster", { pageSize: PAGE });
  const times: number[] = [];
  for (let round = -1; round < rounds; round += 1) {
    for (const text of TYPED) {
      const before = performance.now();
      await clinic.call("patients", "search", { text });
      if (round >= 0) times.push(performance.now() - before);
    }
  }
  const { p50, p95 } = spread(times);
  const name = `search ${clinic.patients.toLocaleString("en")} patients, p95`;
  return [{ name, value: p95, unit: "ms", goal: { atMost: 50 }, note: `p50 ${p50.toFixed(1)} ms; through the route` }];
}

/** The same on the directory alone, for clinics larger than the seeded one. */
export function searchDirectory(patients: number, rounds: number): Figure[] {
  const directory = new Directory();
  directory.putAll(manyNames(patients));
  const times: number[] = [];
  const slowest = { text: "", ms: 0 };
  for (let round = -1; round < rounds; round += 1) {
    for (const text of TYPED) {
      const before = performance.now();
      directory.search(text, PAGE);
      const ms = performance.now() - before;
      if (round < 0) continue;
      times.push(ms);
      if (ms > slowest.ms) Object.assign(slowest, { text, ms });
    }
  }
  const { p50, p95 } = spread(times);
  const note = `p50 ${p50.toFixed(1)} ms; the directory alone; slowest “${slowest.text}” ${slowest.ms.toFixed(0)} ms`;
  return [{ name: `search ${patients.toLocaleString("en")} patients, p95`, value: p95, unit: "ms", goal: { atMost: 50 }, note }];
}
