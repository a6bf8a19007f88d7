import { useRouteCommand } from "@renderer/lib/api.ts";
import { useClinic } from "@renderer/lib/clinic-store.ts";
import { instantAt } from "@renderer/lib/clinic-time.ts";
import { newCommandKey } from "@renderer/lib/command-key.ts";
import { toast } from "@renderer/ui/index.ts";
import type { AppError } from "@shared/define.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { wallTime } from "./layout.ts";
import type { DayAppointment, Place } from "./store.ts";

/** Codes that a reason can overrule: an overlap, or a time outside the hours, on purpose. */
export const OVERRULABLE = ["slot-taken", "outside-hours", "in-the-past"];

export interface Move {
  /** The move that was refused, and why. */
  refused: { appointment: DayAppointment; place: Place; error: AppError } | null;
  busy: boolean;
  drop(appointment: DayAppointment, place: Place): void;
  insist(reason: string): void;
  forget(): void;
}

/** Moves an appointment on the board; a refusal stays until it is insisted on with a reason, or forgotten. */
export function useMove(day: string): Move {
  const { t } = useTranslation("scheduling");
  const timeZone = useClinic((state) => state.timeZone);
  const [refused, setRefused] = useState<Move["refused"]>(null);
  const reschedule = useRouteCommand("scheduling", "rescheduleAppointment");
  const send = (appointment: DayAppointment, place: Place, override?: { reason: string }) => {
    const startsAt = instantAt(day, wallTime(place.minute), timeZone);
    if (startsAt === appointment.startsAt && place.doctorId === appointment.doctorId) return;
    setRefused(null);
    reschedule.mutate(
      { appointmentId: appointment.id, version: appointment.version, startsAt, doctorId: place.doctorId, key: newCommandKey(), override },
      {
        onSuccess: () => toast(t("moved", { time: wallTime(place.minute) })),
        onError: (error) => setRefused({ appointment, place, error }),
      },
    );
  };
  return {
    refused,
    busy: reschedule.isPending,
    drop: (appointment, place) => send(appointment, place),
    insist: (reason) => refused && send(refused.appointment, refused.place, { reason }),
    forget: () => setRefused(null),
  };
}
