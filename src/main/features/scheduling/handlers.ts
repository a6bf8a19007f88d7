import { type RequestContext, userOf } from "@main/platform/request.ts";
import type { schedulingContract } from "@shared/contract/scheduling.ts";
import { AppError, type Handlers } from "@shared/define.ts";
import { actorOf, isStaff, reachAppointment, requireOwnHours, requireReach, seesReason } from "./access.ts";
import { announce } from "./announce.ts";
import type { SchedulingDeps } from "./needs.ts";
import { appointmentView, dayView } from "./rules.ts";
import { createServices } from "./services.ts";
import type { AppointmentRow } from "./store.ts";

const NEXT_FREE = 5;

/** Routes of the scheduling domain: who may, then the service, then the view; every change is announced. */
export function schedulingHandlers(deps: SchedulingDeps): Handlers<typeof schedulingContract, RequestContext> {
  const { hours, slots, booking, status, lists } = createServices(deps);

  function announced(appointment: AppointmentRow) {
    announce(deps.events, appointment);
    return appointmentView(appointment);
  }

  return {
    setWorkingHours: async (input, context) => {
      requireOwnHours(context, input.doctorId);
      return hours.setWorkingHours(input.doctorId, input.version, input.hours);
    },
    getWorkingHours: ({ doctorId }, context) => hours.getWorkingHours(doctorId, context.clock.now()),
    createSlots: async ({ doctorId, ...extra }, context) => {
      requireOwnHours(context, doctorId);
      return { items: await hours.openExtra(doctorId, extra, context.clock.now()) };
    },
    listFreeSlots: async ({ doctorId, day }, context) => ({ items: await slots.listFreeSlots(doctorId, day, context.clock.now()) }),
    findNextFree: async ({ limit = NEXT_FREE, ...wish }, context) => ({
      items: await slots.findNextFree({ ...wish, limit }, context.clock.now()),
    }),

    bookAppointment: async ({ key, reason = null, ...input }, context) => {
      requireStaffFor(context, { minutes: input.minutes, override: input.override });
      await requireReach(deps, context, input.patientId);
      const actor = actorOf(context);
      return announced(await booking.book({ ...input, reason, actor, key: `${actor.id}|${key}`, now: context.clock.now() }));
    },
    rescheduleAppointment: async ({ key, ...input }, context) => {
      requireStaffFor(context, { override: input.override });
      await reachAppointment(deps, context, input.appointmentId);
      const actor = actorOf(context);
      const { moved, from } = await booking.move({ ...input, actor, key: `${actor.id}|${key}`, now: context.clock.now() });
      if (from) announce(deps.events, from);
      return announced(moved);
    },
    cancelAppointment: async ({ reason = null, ...input }, context) => {
      await reachAppointment(deps, context, input.appointmentId);
      return announced(await status.cancel(actorOf(context), { ...input, reason }, context.clock.now()));
    },
    markNoShow: async ({ appointmentId, version }, context) => {
      await reachAppointment(deps, context, appointmentId);
      return announced(await status.markNoShow(appointmentId, version, context.clock.now()));
    },
    markArrived: async ({ appointmentId, version }, context) => {
      await reachAppointment(deps, context, appointmentId);
      return announced(await status.markArrived(appointmentId, version, context.clock.now()));
    },

    listDay: async ({ day, doctorId = null }, context) => {
      const board = await lists.listDay(day, doctorId);
      return { items: board.appointments.map((row) => dayView(row, seesReason(context, row))), hours: board.hours };
    },
    listMyAppointments: async (_input, context) => {
      const patientId = userOf(context).externalId;
      if (patientId === null) return { upcoming: [], past: [] };
      const { upcoming, past } = await lists.listOfPatient(patientId, context.clock.now());
      return { upcoming: upcoming.map(appointmentView), past: past.map(appointmentView) };
    },
  };
}

/** What only staff may ask for; patients take slots as they are. */
function requireStaffFor(context: RequestContext, extras: Record<string, unknown>): void {
  const [field] = Object.entries(extras).find(([, value]) => value !== undefined) ?? [];
  if (field !== undefined && !isStaff(context)) throw new AppError("forbidden", "Only the staff may choose that.", { field });
}
