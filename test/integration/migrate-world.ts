import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type MigrateOptions, migrate } from "@main/app/migrate/migrate.ts";
import { openSqliteSeries } from "@main/data/documents/sqlite-series.ts";
import { fileSecrets } from "@main/platform/file-secrets.ts";
import { createLog } from "@main/platform/pino-log.ts";
import type { ServerSettings } from "@main/platform/server-settings.ts";
import { keysOf } from "../world/keys-of.ts";
import { LAUNCHERS } from "../world/launchers.ts";
import { openWorld, type World } from "../world/open-world.ts";
import { createTestClock } from "../world/test-clock.ts";

/** When the sample clinic of these tests was made, and when it moves. */
export const MADE_AT = "2026-03-03T08:00:00.000Z";
export const MOVED_AT = "2026-03-03T09:00:00.000Z";
const PATIENTS = 12;
const SAMPLES = 3_000;

/** A folder that holds a data folder and its keys; what is in it goes when it goes. */
export async function ownFolder(): Promise<string> {
  return join(await mkdtemp(join(tmpdir(), "polyclinic-move-")), "data");
}

/** A clinic with charts, files, pictures in messages, accounts, a trail, measured values; closed, in a folder of its own. */
export async function makeClinic(): Promise<string> {
  const folder = await ownFolder();
  const world = await openWorld({ folder, clockAt: MADE_AT });
  await world.call("setup", "loadSampleClinic", { seed: 1, patients: PATIENTS }, null);
  await draftOf(world);
  await world.close();
  const series = await openSqliteSeries({ folder });
  await series.append(
    Array.from({ length: SAMPLES }, (_, at) => ({
      ...{
        patientId: `P00000${(at % 9) + 1}`,
        region: at % 2 === 0 ? "north" : "south",
        kind: "8867-4",
        value: 60 + (at % 40),
        unit: "/min",
      },
      ...{ at: new Date(Date.parse(MADE_AT) - at * 1000).toISOString(), source: "monitor" },
    })),
  );
  await series.close();
  return folder;
}

/** An unfinished note of the sample's doctor. */
async function draftOf(world: World): Promise<void> {
  const doctor = await world.signIn("doctor");
  const { items } = await world.call("patients", "listRoster", { pageSize: 1 }, doctor);
  const patientId = items[0]?.id ?? "";
  const { id: encounterId } = await world.call("encounters", "startEncounter", { patientId, key: "a-move-in-progress" }, doctor);
  const sections = { complaint: "Half a wor", examination: "", plan: "" };
  await world.call("encounters", "saveDraft", { encounterId, sections, revision: 7 }, doctor);
}

/** The same clinic in another folder, with its keys. */
export async function copyOf(folder: string): Promise<string> {
  const copy = await ownFolder();
  await cp(join(folder, ".."), join(copy, ".."), { recursive: true });
  return copy;
}

export const removeFolder = (folder: string): Promise<void> => rm(join(folder, ".."), { recursive: true, force: true });

export type Move = Omit<Partial<MigrateOptions>, "to" | "folder" | "servers">;

/** Moves the clinic of that folder; keys lie beside it. */
export function move(to: MigrateOptions["to"], folder: string, servers: ServerSettings, more: Move = {}) {
  return migrate({
    ...{ to, folder, servers, graph: LAUNCHERS.graph, log: createLog({ level: "silent" }), clock: createTestClock(MOVED_AT) },
    ...{ secrets: fileSecrets(keysOf(folder)), keyPassphrase: null, say: () => undefined, configure: async () => [] },
    ...more,
  });
}
