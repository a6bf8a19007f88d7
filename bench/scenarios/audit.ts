import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteAudit } from "@main/data/documents/sqlite-audit.ts";
import { systemClock } from "@main/platform/clock.ts";
import { type Figure, perSecond } from "../measure.ts";

const IN_FLIGHT = 64;

/** How fast the trail takes entries on disk, and how fast its chain is checked. */
export async function audit(entries: number): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "polyclinic-bench-audit-"));
  const trail = await openSqliteAudit({ folder, clock: systemClock });
  try {
    const appended = await perSecond(entries, IN_FLIGHT, (index) =>
      trail.append({
        ...{ phase: "event", requestId: `request-${index}`, action: "patients.getChart", actorId: "bench", actorName: "Bench" },
        ...{ roles: ["doctor"], subject: { patientId: "P000001" }, outcome: "ok", reason: null },
      }),
    );
    const before = performance.now();
    const { ok, checked } = await trail.verify();
    if (!ok || checked !== entries) throw new Error(`The trail did not verify: ${checked} of ${entries}`);
    const verified = (checked * 1000) / (performance.now() - before);
    return [
      { name: `audit entries on disk, ${IN_FLIGHT} in flight`, value: appended, unit: "/s" },
      { name: "audit entries verified", value: verified, unit: "/s", note: `${checked} entries` },
    ];
  } finally {
    await trail.close();
    await rm(folder, { recursive: true, force: true });
  }
}
