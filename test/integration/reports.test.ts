import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorld, type World } from "../world/open-world.ts";
import { admin, type CareWorld, doctor, freshKey, nurse, openCareWorld, otherDoctor, refusal, viewer } from "./care-world.ts";

let world: CareWorld;
beforeAll(async () => {
  world = await openCareWorld({ treated: { treatedBy: ["D000001"] } });
});
afterAll(() => world.close());

const chart = (patientId: string, as = doctor) => world.call("patients", "getChart", { patientId }, as);
const auditLog = (filter: Parameters<typeof ask>[0]) => ask(filter);
const ask = (filter: {
  action?: string;
  patientId?: string;
  outcome?: string;
  actorId?: string;
  from?: string;
  to?: string;
  limit?: number;
  before?: number;
}) => world.call("reports", "auditLog", filter, admin);

describe("the audit trail", () => {
  it("shows who read a chart and who was refused, before and after the act", async () => {
    const { patientId } = world.take("treated");
    await chart(patientId);
    await refusal(chart(patientId, otherDoctor));
    const { items } = await auditLog({ action: "patients.getChart", patientId });
    expect(items.map((entry) => [entry.phase, entry.outcome, entry.actorId, entry.roles])).toEqual([
      ["outcome", "care-edge-required", otherDoctor.userId, ["doctor"]],
      ["intent", null, otherDoctor.userId, ["doctor"]],
      ["outcome", "ok", doctor.userId, ["doctor"]],
      ["intent", null, doctor.userId, ["doctor"]],
    ]);
    expect(new Set(items.map((entry) => entry.requestId)).size).toBe(2);
  });

  it("finds by the patient what was written and read in a visit, which names only the visit", async () => {
    const { patientId } = world.take("treated");
    const visit = await world.call("encounters", "startEncounter", { patientId, reason: "a private matter", key: freshKey() }, doctor);
    const encounterId = visit.id;
    const finding = { encounterId, kind: "finding", text: "a private finding", key: freshKey() };
    await world.call("encounters", "recordObservation", finding, doctor);
    await world.call("encounters", "getEncounter", { encounterId }, doctor);
    await refusal(world.call("encounters", "getDraft", { encounterId }, otherDoctor));
    const { items } = await auditLog({ patientId });
    const seen = items.filter((entry) => entry.phase !== "intent").map((entry) => [entry.action, entry.actorId, entry.outcome]);
    expect(seen).toEqual([
      ["encounters.getDraft", otherDoctor.userId, "care-edge-required"],
      ["encounters.getEncounter", doctor.userId, "ok"],
      ["encounters.recordObservation", doctor.userId, "ok"],
      ["encounters.startEncounter", doctor.userId, "ok"],
    ]);
    expect(JSON.stringify(items)).not.toContain("private");
  });

  it("filters by actor, outcome and time", async () => {
    const { patientId } = world.take("treated");
    world.clock.set("2026-04-01T00:00:00.000Z");
    await refusal(chart(patientId, nurse));
    world.clock.set("2026-04-02T00:00:00.000Z");
    await chart(patientId);
    const from = "2026-04-01T12:00:00.000Z";
    const outcomes = async (filter: Parameters<typeof ask>[0]) =>
      (await auditLog({ action: "patients.getChart", patientId, ...filter })).items.map((entry) => entry.outcome);
    expect(await outcomes({ from })).toEqual(["ok", null]);
    expect(await outcomes({ to: from })).toEqual(["care-edge-required", null]);
    expect(await outcomes({ outcome: "care-edge-required" })).toEqual(["care-edge-required"]);
    expect(await outcomes({ actorId: doctor.userId })).toEqual(["ok", null]);
  });

  it("goes back page by page without a gap", async () => {
    const { patientId } = world.take("treated");
    for (let turn = 0; turn < 5; turn += 1) await chart(patientId);
    const seen: number[] = [];
    let before: number | undefined;
    do {
      const page = await auditLog({ action: "patients.getChart", patientId, limit: 3, before });
      seen.push(...page.items.map((entry) => entry.seq));
      before = page.nextBefore ?? undefined;
    } while (before !== undefined);
    expect(seen).toHaveLength(10);
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => b - a));
  });

  it("is the admin's alone", async () => {
    for (const role of ["patient", "doctor", "nurse", "reception", "researcher"] as const) {
      const as = viewer([role]);
      expect(await refusal(world.call("reports", "auditLog", {}, as))).toBe("forbidden");
      expect(await refusal(world.call("reports", "verifyAudit", {}, as))).toBe("forbidden");
      expect(await refusal(world.call("reports", "listBreakGlass", {}, as))).toBe("forbidden");
    }
    expect(await refusal(world.call("reports", "auditLog", {}, null))).toBe("unauthenticated");
  });
});

describe("verifyAudit", () => {
  const verify = (of: World = world) => of.call("reports", "verifyAudit", {}, admin);

  it("finds a trail that nobody has touched whole", async () => {
    await chart(world.take("treated").patientId);
    const verdict = await verify();
    expect(verdict).toMatchObject({ ok: true });
    expect(verdict.checked).toBeGreaterThan(1);
  });

  // Entries that are cut off at the end show as a gap, because the opening of the trail is itself written after them.
  const tampering: [string, string, string][] = [
    ["edited", "edited", "UPDATE entries SET body = replace(body, 'Doctor of the night', 'Somebody else') WHERE seq = 4"],
    ["deleted", "deleted", "DELETE FROM entries WHERE seq = 4"],
    ["cut off at the end", "deleted", "DELETE FROM entries WHERE seq >= 4"],
  ];
  it.each(tampering)("finds entries that were %s behind the application's back", async (_how, cause, sql) => {
    const folder = await mkdtemp(join(tmpdir(), "polyclinic-tamper-"));
    try {
      const before = await openWorld({ folder });
      const night = { ...otherDoctor, displayName: "Doctor of the night" };
      for (let turn = 0; turn < 4; turn += 1) await refusal(before.call("patients", "getChart", { patientId: "P000001" }, night));
      expect((await verify(before)).ok).toBe(true);
      await before.close();
      tamper(join(folder, "audit.sqlite"), sql);
      const after = await openWorld({ folder });
      const verdict = await verify(after);
      await after.close();
      expect(verdict).toMatchObject({ ok: false, firstBad: 4, cause });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

/** What somebody with the file and a SQLite tool can do: triggers do not stop them. */
function tamper(path: string, sql: string): void {
  const file = new DatabaseSync(path);
  const triggers = file.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").all() as { name: string }[];
  for (const { name } of triggers) file.exec(`DROP TRIGGER "${name}"`);
  file.exec(sql);
  file.close();
}
