import type { RequestContext } from "@main/platform/request.ts";
import type { kioskContract } from "@shared/contract/kiosk.ts";
import { AppError, type Handlers } from "@shared/define.ts";
import type { DeskAppointment } from "./needs.ts";
import type { KioskService } from "./service.ts";

/** Routes of the kiosk: what leaves here has no name, no reason and nothing of the record. */
export function kioskHandlers(service: KioskService): Handlers<typeof kioskContract, RequestContext> {
  return {
    identify: async (input, context) => {
      const { handle, expiresAt, today } = await service.identify(input, deviceOf(context), context);
      return { handle, expiresAt, today: today.map(kioskView) };
    },
    checkIn: async (input, context) => kioskView(await service.checkIn(input, deviceOf(context), context)),
    listFreeSlots: async (input, context) => ({
      items: await service.listFreeSlots(input, deviceOf(context), context),
    }),
    bookAppointment: async (input, context) => {
      const booked = await service.bookAppointment(input, deviceOf(context), context);
      return { ...kioskView(booked), code: booked.code };
    },
  };
}

function kioskView(appointment: DeskAppointment) {
  const { id, status, startsAt, endsAt, doctorName, doctorNameAr, departmentName, departmentNameAr, room } = appointment;
  return { id, status, startsAt, endsAt, doctorName, doctorNameAr, departmentName, departmentNameAr, room };
}

function deviceOf(context: RequestContext): string {
  if (context.viewer?.kind !== "device") throw new AppError("unauthenticated", "Pair this kiosk first.");
  return context.viewer.deviceId;
}
