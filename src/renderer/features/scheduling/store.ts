import type { RouteOutput } from "@renderer/lib/api.ts";
import { create } from "zustand";

export type DayAppointment = RouteOutput<"scheduling", "listDay">["items"][number];
export type Doctor = RouteOutput<"clinic", "listDoctors">["items"][number];

/** A place on the board: a doctor's column at minutes since midnight. */
export interface Place {
  doctorId: string;
  minute: number;
}

interface BoardState {
  /** The strip under the pointer and where it would land. */
  dragging: { appointment: DayAppointment; over: Place | null } | null;
  /** A time touched on the board: the booking panel starts with it. */
  wanted: Place | null;
  drag(dragging: BoardState["dragging"]): void;
  want(place: Place | null): void;
}

/** What the pointer is doing on the board. */
export const useBoard = create<BoardState>((set) => ({
  dragging: null,
  wanted: null,
  drag: (dragging) => set({ dragging }),
  want: (wanted) => set({ wanted }),
}));
