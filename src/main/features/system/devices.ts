import { codes, type DeviceDocument, devices } from "@main/data/documents/collections.ts";
import { shift } from "@main/platform/clock.ts";
import { sha256 } from "@main/platform/ids.ts";
import { hashesOfTypedCode } from "@main/platform/one-time-code.ts";
import type { RequestContext } from "@main/platform/request.ts";
import type { systemContract } from "@shared/contract/system.ts";
import { AppError, type Input, type Output } from "@shared/define.ts";
import type { SystemDeps } from "./needs.ts";

type Routes = typeof systemContract;

const PAIRING_SECONDS = 10 * 60;
const PAIRING_GROUPS = 2;

/** Kiosks and boards: paired with a code, known by a token, revoked at once. */
export function createDevices({ documents, ids }: Pick<SystemDeps, "documents" | "ids">) {
  const known = documents.collection(devices);
  const issued = documents.collection(codes);

  return {
    async pair({ name, role }: Input<Routes["pairDevice"]>, { clock }: RequestContext): Promise<Output<Routes["pairDevice"]>> {
      const createdAt = clock.now();
      const expiresAt = shift(createdAt, PAIRING_SECONDS);
      const deviceId = ids.uuid();
      const code = ids.phrase(PAIRING_GROUPS);
      await known.insert({ id: deviceId, name, role, tokenHash: null, status: "waiting", createdAt, pairedAt: null, lastSeenAt: null });
      const entry = { id: ids.uuid(), codeHash: sha256(code), subjectId: deviceId, createdAt, expiresAt, failures: 0 };
      await issued.insert({ kind: "pairing", ...entry });
      return { deviceId, code, expiresAt };
    },

    /** The code is consumed first: of two devices with the same code one is paired. */
    async claim({ code }: Input<Routes["claimDevice"]>, { clock }: RequestContext): Promise<Output<Routes["claimDevice"]>> {
      const now = clock.now();
      const found = await issued.findOne({ kind: "pairing", codeHash: { in: hashesOfTypedCode(code) }, expiresAt: { gt: now } });
      if (!found || (await issued.delete({ id: found.id })) === 0) throw invalidCode();
      const token = ids.token();
      const patch = { tokenHash: sha256(token), status: "paired", pairedAt: now, lastSeenAt: now } satisfies Partial<DeviceDocument>;
      const device = await known.update(found.subjectId, patch, { status: "waiting" });
      if (!device) throw invalidCode();
      return { token, deviceId: device.id, name: device.name, role: device.role };
    },

    async list(): Promise<Output<Routes["listDevices"]>> {
      const found = await known.find({}, { sort: { createdAt: "desc", name: "asc" } });
      return { items: found.map(({ tokenHash: _, ...device }) => device) };
    },

    async revoke({ deviceId }: Input<Routes["revokeDevice"]>): Promise<void> {
      const device = await known.update(deviceId, { status: "revoked", tokenHash: null });
      if (!device) throw new AppError("not-found", "There is no such device.", { field: "deviceId" });
      await issued.delete({ kind: "pairing", subjectId: deviceId });
    },
  };
}

function invalidCode(): AppError {
  return new AppError("invalid-code", "The code is wrong or no longer valid.", { field: "code" });
}
