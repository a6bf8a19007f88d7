import { openWorld } from "../../test/world/open-world.ts";
import type { Figure } from "../measure.ts";

/** Loading the sample clinic into an empty folder: thousands of commands through the routes. */
export async function sampleClinic(): Promise<Figure[]> {
  const world = await openWorld();
  try {
    const before = performance.now();
    const { patients, appointments } = await world.call("setup", "loadSampleClinic", { seed: 1 }, null);
    const seconds = (performance.now() - before) / 1000;
    const note = `${patients} patients, ${appointments} appointments`;
    return [{ name: "loading the sample clinic", value: seconds, unit: "s", goal: { atMost: 30 }, note }];
  } finally {
    await world.close();
  }
}
