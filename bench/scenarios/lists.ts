import { BUSY_DAY, CHART_PATIENT, CHART_VISITS, type Clinic } from "../clinic.ts";
import { type Figure, time } from "../measure.ts";

/** The chart of a patient with years of visits. */
export async function chart(clinic: Clinic, turns: number): Promise<Figure[]> {
  const open = (pageSize?: number) => clinic.call("patients", "getChart", { patientId: CHART_PATIENT, pageSize }, "doctor");
  const first = await time(turns, () => open());
  const whole = await time(Math.ceil(turns / 4), () => open(CHART_VISITS));
  const of = (ms: number) => `p50 ${ms.toFixed(1)} ms; ${CHART_VISITS.toLocaleString("en")} visits`;
  return [
    { name: "chart, first page, p95", value: first.p95, unit: "ms", goal: { atMost: 100 }, note: of(first.p50) },
    { name: "chart, whole, p95", value: whole.p95, unit: "ms", goal: { atMost: 500 }, note: of(whole.p50) },
  ];
}

/** The lists whose length does not depend on how many patients a clinic has. */
export const LISTS = {
  "day board": (clinic: Clinic) => clinic.call("scheduling", "listDay", { day: BUSY_DAY }),
  "roster, all patients": (clinic: Clinic) => clinic.call("patients", "listRoster", { page: 7 }),
  "roster of one doctor": (clinic: Clinic) => clinic.call("patients", "listRoster", { doctorId: clinic.doctorIds[0] }),
  "free slots of a day": (clinic: Clinic) =>
    clinic.call("scheduling", "listFreeSlots", { doctorId: clinic.doctorIds[0] ?? "", day: BUSY_DAY }),
  "visits of one patient": (clinic: Clinic) => clinic.call("encounters", "listEncounters", { patientId: CHART_PATIENT }, "doctor"),
} as const;

/** How much longer lists take in the larger clinic; the lists themselves are equally long. */
export async function growth(small: Clinic, large: Clinic, turns: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [name, list] of Object.entries(LISTS)) {
    await list(small);
    await list(large);
    const times = { small: [] as number[], large: [] as number[] };
    for (let turn = 0; turn < turns; turn += 1) {
      times.small.push((await time(1, () => list(small), 0)).p50);
      times.large.push((await time(1, () => list(large), 0)).p50);
    }
    const median = (all: number[]) => all.sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;
    const before = median(times.small);
    const after = median(times.large);
    const note = `${before.toFixed(2)} → ${after.toFixed(2)} ms`;
    figures.push({
      name: `${name}, ${small.patients / 1000}k → ${large.patients / 1000}k patients`,
      value: after / before,
      unit: "×",
      goal: { atMost: 1.2 },
      note,
    });
  }
  return figures;
}
