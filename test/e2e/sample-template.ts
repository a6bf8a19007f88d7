import { cp, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startHost } from "./host.ts";

/** Enough for full lists and days; the whole sample of 200 is loaded by the test of the sample itself. */
const SAMPLE_PATIENTS = 40;
/** Names the folder of the template to the workers. */
const VARIABLE = "POLYCLINIC_E2E_SAMPLE";

/**
 * Loads the sample clinic once for all journeys, through the built host: each begins with a copy of its folder. Vitest calls it before the
 * first file and what it answers after the last.
 */
export default async function makeTemplate(): Promise<() => Promise<void>> {
  const host = await startHost();
  const answer = await fetch(`${host.url}/api/setup/loadSampleClinic`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ patients: SAMPLE_PATIENTS }),
  });
  if (!answer.ok) throw new Error(`the sample clinic did not load: ${answer.status} ${await answer.text()}`);
  await host.down();
  process.env[VARIABLE] = host.folder;
  return () => host.stop();
}

/** A folder of its own with the sample clinic in it. */
export async function copyOfSample(): Promise<string> {
  const template = process.env[VARIABLE];
  if (!template) throw new Error("run the journeys with test/e2e/vitest.config.ts: it makes the sample clinic first");
  const folder = await mkdtemp(join(tmpdir(), "polyclinic-e2e-"));
  await cp(template, folder, { recursive: true });
  return folder;
}
