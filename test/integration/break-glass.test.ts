import { shift } from "@main/platform/clock.ts";
import type { UserViewer } from "@main/platform/request.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { admin, type CareWorld, doctor, NOW, openCareWorld, otherDoctor, refusal, viewer } from "./care-world.ts";

let world: CareWorld;
beforeAll(async () => {
  world = await openCareWorld({ treated: { treatedBy: ["D000001"] }, stranger: {} });
});
afterAll(() => world.close());

describe("break-glass", () => {
  const breakGlass = (patientId: string, as: UserViewer, reason = "Brought in unconscious") =>
    world.call("patients", "breakGlass", { patientId, reason }, as);
  const getChart = (patientId: string, as: UserViewer) => world.call("patients", "getChart", { patientId }, as);

  it("opens one chart to one person for 60 minutes, and the chart says so", async () => {
    const { patientId } = world.take("stranger");
    const { expiresAt } = await breakGlass(patientId, otherDoctor);
    expect(expiresAt).toBe(shift(NOW, 3600));
    expect((await getChart(patientId, otherDoctor)).breakGlass).toBe(true);
    expect(await refusal(getChart(patientId, viewer(["doctor"], "D000002")))).toBe("care-edge-required");
    expect(await refusal(getChart(world.take("stranger").patientId, otherDoctor))).toBe("care-edge-required");
    world.clock.set(shift(NOW, 3599));
    expect(await refusal(getChart(patientId, otherDoctor))).toBe("ok");
    world.clock.set(expiresAt);
    expect(await refusal(getChart(patientId, otherDoctor))).toBe("care-edge-required");
    world.clock.set(NOW);
  });

  it("is not what lets in a doctor who treats the patient", async () => {
    const { patientId } = world.take("treated");
    await breakGlass(patientId, doctor);
    expect((await getChart(patientId, doctor)).breakGlass).toBe(false);
  });

  it("needs a reason, a patient that exists and a clinician; a refused one opens nothing", async () => {
    const { patientId } = world.take("stranger");
    expect(await refusal(breakGlass(patientId, otherDoctor, " x "))).toBe("invalid-input reason");
    expect(await refusal(breakGlass("P999999", otherDoctor))).toBe("not-found patientId");
    for (const role of ["patient", "reception", "admin", "researcher"] as const) {
      expect(await refusal(breakGlass(patientId, viewer([role])))).toBe("forbidden");
    }
    expect(await refusal(getChart(patientId, otherDoctor))).toBe("care-edge-required");
  });

  it("stands in the admin's report and in the trail, with its reason", async () => {
    const { patientId } = world.take("stranger");
    const reason = "Seizure at the reception desk";
    await breakGlass(patientId, otherDoctor, reason);
    const { items } = await world.call("reports", "listBreakGlass", { limit: 500 }, admin);
    expect(items).toContainEqual({
      at: NOW,
      userId: otherDoctor.userId,
      displayName: otherDoctor.displayName,
      patientId,
      reason,
      expiresAt: shift(NOW, 3600),
    });
    const trail = await world.call("reports", "auditLog", { action: "patients.breakGlass", patientId }, admin);
    expect(trail.items.map((entry) => [entry.phase, entry.outcome, entry.reason, entry.actorId])).toEqual([
      ["outcome", "ok", reason, otherDoctor.userId],
      ["intent", null, reason, otherDoctor.userId],
    ]);
  });
});
