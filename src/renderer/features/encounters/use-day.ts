import { type RouteOutput, useRouteQuery } from "@renderer/lib/api.ts";
import { useUser } from "@renderer/lib/session-store.ts";
import type { AppError } from "@shared/define.ts";
import type { UseQueryResult } from "@tanstack/react-query";

export interface WorkDay {
  day: string;
  /** Whose day it is; undefined is everyone's. */
  doctorId: string | undefined;
  query: UseQueryResult<RouteOutput<"scheduling", "listDay">, AppError>;
}

/** The appointments of a day: a doctor's own, everybody's for nurses and for doctors who are not linked to one of the clinic. */
export function useDay(day: string): WorkDay {
  const user = useUser();
  const doctorId = user.roles.includes("doctor") ? (user.externalId ?? undefined) : undefined;
  const query = useRouteQuery("scheduling", "listDay", { day, ...(doctorId ? { doctorId } : {}) });
  return { day, doctorId, query };
}
