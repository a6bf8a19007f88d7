import { createBookingService } from "./booking-service.ts";
import { createFreeService } from "./free-service.ts";
import { createHoursService } from "./hours-service.ts";
import { createListsService } from "./lists-service.ts";
import type { SchedulingDeps } from "./needs.ts";
import { createStatusService } from "./status-service.ts";

/** The use cases of scheduling, for its routes and for the kiosk's desk. */
export function createServices({ graph, ids }: Pick<SchedulingDeps, "graph" | "ids">) {
  return {
    hours: createHoursService(graph),
    slots: createFreeService(graph),
    booking: createBookingService({ graph, ids }),
    status: createStatusService(graph),
    lists: createListsService(graph),
  };
}
