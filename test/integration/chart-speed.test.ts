import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { shift } from "@main/platform/clock.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorld, type World } from "../world/open-world.ts";
import { seedVisits } from "../world/years-of-visits.ts";
import { doctor, NOW, openBareStores, seedClinic, seedPatients } from "./care-world.ts";

const ENCOUNTERS = 1_000;
const FIRST_PAGE_MS = 100;
const WHOLE_MS = 500;

let folder: string;
let world: World;
let patientId: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "polyclinic-chart-"));
  const stores = await openBareStores(folder);
  const people = await stores.graph.write(async (writer) => {
    await seedClinic(writer);
    return seedPatients(
      writer,
      Array.from({ length: 60 }, () => ({ treatedBy: ["D000001"] })),
    );
  });
  patientId = people[0]?.patientId as string;
  await stores.graph.write((writer) => seedVisits(writer, patientId, ENCOUNTERS));
  // Others' visits, so that a statement which looks at all of them shows.
  for (const other of people.slice(1)) await stores.graph.write((writer) => seedVisits(writer, other.patientId, 100));
  await stores.close();
  world = await openWorld({ folder, clockAt: NOW });
}, 120_000);
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

async function measure(turns: number, pageSize: number | undefined) {
  const times: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const before = performance.now();
    await world.call("patients", "getChart", { patientId, pageSize }, doctor);
    times.push(performance.now() - before);
  }
  times.sort((a, b) => a - b);
  return { best: times[0] as number, p50: times[Math.floor(turns * 0.5)] as number, p95: times[Math.floor(turns * 0.95)] as number };
}

describe("the chart of a patient with 1,000 visits", () => {
  it("has all of them", async () => {
    const whole = await world.call("patients", "getChart", { patientId, pageSize: ENCOUNTERS }, doctor);
    expect(whole.encounterTotal).toBe(ENCOUNTERS);
    expect([whole.encounters.length, whole.observations.length, whole.notes.length]).toEqual([ENCOUNTERS, 2 * ENCOUNTERS, ENCOUNTERS]);
    expect(whole.appointments).toHaveLength(ENCOUNTERS);
    expect(whole.encounters[0]).toMatchObject({
      startedAt: shift(NOW, -86_400),
      observationCount: 2,
      noteCount: 1,
      diagnoses: [{ code: "Z09" }],
    });
  });

  it(`shows its first page within ${FIRST_PAGE_MS} ms and the whole within ${WHOLE_MS} ms, through the router`, async () => {
    await measure(5, undefined);
    const first = await measure(60, undefined);
    const whole = await measure(10, ENCOUNTERS);
    const show = ({ best, p50, p95 }: typeof first) => `best ${best.toFixed(1)} ms, p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`;
    console.info(`chart of 1,000 visits: first page ${show(first)}; whole ${show(whole)}`);
    // The goals are p95 on a machine that does nothing else (npm run bench); other suites run beside this one.
    expect(first.p50).toBeLessThan(FIRST_PAGE_MS);
    expect(whole.best).toBeLessThan(WHOLE_MS);
  });
});
