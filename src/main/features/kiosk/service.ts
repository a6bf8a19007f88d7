import { kioskHandles } from "@main/data/documents/collections.ts";
import { shift } from "@main/platform/clock.ts";
import { sha256 } from "@main/platform/ids.ts";
import type { RequestContext } from "@main/platform/request.ts";
import type { kioskContract } from "@shared/contract/kiosk.ts";
import { AppError, type Input } from "@shared/define.ts";
import { digits } from "@shared/model/search-key.ts";
import type { DeskAppointment, KioskDeps } from "./needs.ts";
import { FailureThrottle } from "./throttle.ts";

type Routes = typeof kioskContract;

const HANDLE_SECONDS = 120;

/** A kiosk's use cases. Whoever stands before it is known by a handle, never by an id or a name. */
export function createKioskService({ documents, ids, desk, identity }: KioskDeps) {
  const handles = documents.collection(kioskHandles);
  const throttle = new FailureThrottle();

  /** Whom a handle stands for; a wrong, expired or other device's handle gets the same answer as a wrong code. */
  async function patientOf(handle: string, deviceId: string, { clock, about }: RequestContext): Promise<string> {
    const found = await handles.findOne({ handleHash: sha256(handle), deviceId, expiresAt: { gt: clock.now() } });
    if (!found) throw unknownPerson();
    about({ patientId: found.patientId });
    return found.patientId;
  }

  function recognise(input: Input<Routes["identify"]>, now: string): Promise<string | null> {
    return "code" in input ? desk.patientOfCode(digits(input.code), now) : identity.findByNameAndBirthDate(input);
  }

  return {
    async identify(input: Input<Routes["identify"]>, deviceId: string, { clock, about }: RequestContext) {
      throttle.check(deviceId, clock);
      throttle.count(deviceId, clock);
      const now = clock.now();
      const patientId = await recognise(input, now);
      if (patientId === null) throw unknownPerson();
      throttle.forgive(deviceId);
      about({ patientId });
      const handle = ids.token();
      const expiresAt = shift(now, HANDLE_SECONDS);
      await handles.insert({ id: ids.uuid(), handleHash: sha256(handle), patientId, deviceId, expiresAt });
      return { handle, expiresAt, today: await desk.listToday(patientId, now) };
    },

    async checkIn(
      { handle, appointmentId }: Input<Routes["checkIn"]>,
      deviceId: string,
      context: RequestContext,
    ): Promise<DeskAppointment> {
      return desk.checkIn(await patientOf(handle, deviceId, context), appointmentId, context.clock.now());
    },

    async listFreeSlots({ handle, doctorId, day }: Input<Routes["listFreeSlots"]>, deviceId: string, context: RequestContext) {
      await patientOf(handle, deviceId, context);
      return desk.listFreeSlots(doctorId, day, context.clock.now());
    },

    async bookAppointment(
      { handle, ...wish }: Input<Routes["bookAppointment"]>,
      deviceId: string,
      context: RequestContext,
    ): Promise<DeskAppointment> {
      const patientId = await patientOf(handle, deviceId, context);
      return desk.book({ ...wish, patientId, deviceId, now: context.clock.now() });
    },
  };
}

export type KioskService = ReturnType<typeof createKioskService>;

const unknownPerson = () => new AppError("invalid-code", "Nobody is known by that here.");
