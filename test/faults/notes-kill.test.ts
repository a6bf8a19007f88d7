import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { doctor, freshKey, openCareWorld } from "../integration/care-world.ts";
import { readLines } from "./child-lines.ts";

/** `NOTE_KILLS=200 npx vitest run test/faults/notes-kill.test.ts` for the long run. */
const KILLS = Number(process.env.NOTE_KILLS ?? 10);
const RUN = fileURLToPath(new URL("../world/run-module.ts", import.meta.url));
const WRITER = fileURLToPath(new URL("./notes-writer.ts", import.meta.url));

describe("kill -9 while writing a note (invariant 9)", () => {
  it(`loses no acknowledged revision in ${KILLS} kills of the process`, { timeout: 60_000 + KILLS * 15_000 }, async () => {
    const other = await openCareWorld({ treated: { treatedBy: ["D000001"] } });
    const { patientId } = other.take("treated");
    const { id } = await other.call("encounters", "startEncounter", { patientId, key: freshKey() }, doctor);
    await other.app.close();
    let acknowledged = 0;
    let saved = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const child = spawn(process.execPath, [RUN, WRITER, other.folder, doctor.userId, id], { stdio: ["ignore", "pipe", "inherit"] });
      const lines = readLines(child);
      const [word, found, state] = (await lines.first).split(" ");
      expect([word, state]).toEqual(["found", "whole"]);
      expect(Number(found)).toBeGreaterThanOrEqual(acknowledged);
      await sleep(40 + Math.random() * 150);
      child.kill("SIGKILL");
      await lines.ended;
      acknowledged = Math.max(Number(found), ...lines.all.filter((line) => line.startsWith("saved ")).map((line) => Number(line.slice(6))));
      saved += lines.all.length - 1;
    }
    expect(saved).toBeGreaterThan(KILLS);
    console.info(`drafts: ${KILLS} processes killed while saving, ${saved} revisions acknowledged, 0 lost, 0 torn`);
    await other.close();
  });
});
