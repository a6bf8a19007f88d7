import type { Tone } from "@renderer/ui/index.ts";
import { IconArmchair, IconCalendarEvent, IconCalendarX, IconCheck, IconStethoscope, IconUserOff } from "@tabler/icons-react";
import type { ComponentType } from "react";
import type { DayAppointment } from "./store.ts";

type Status = DayAppointment["status"];

/** Icon and weight of an appointment's state: ink and line only, no hue but the accent for who is in the room. */
export const STATUS_LOOK: Record<Status, { icon: ComponentType<{ size?: number; "aria-hidden"?: "true" }>; tone: Tone }> = {
  booked: { icon: IconCalendarEvent, tone: "neutral" },
  arrived: { icon: IconArmchair, tone: "strong" },
  "in-progress": { icon: IconStethoscope, tone: "accent" },
  completed: { icon: IconCheck, tone: "dimmed" },
  cancelled: { icon: IconCalendarX, tone: "dimmed" },
  "no-show": { icon: IconUserOff, tone: "dimmed" },
};
