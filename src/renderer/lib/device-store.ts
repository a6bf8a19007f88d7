import { create } from "zustand";
import { persist } from "zustand/middleware";
import { useSession } from "./session-store.ts";

interface DeviceState {
  /** The paired device this screen is, kept across restarts; null where the screen is a person's. */
  device: { token: string; name: string; role: "kiosk" | "board" } | null;
  /** True while the screen acts as the device: its token goes with every call instead of a person's. */
  acting: boolean;
  pair(device: NonNullable<DeviceState["device"]>): void;
  forget(): void;
  act(acting: boolean): void;
}

/** This screen as a paired kiosk or board. The kiosk screen calls `act(true)` while it is mounted. */
export const useDevice = create<DeviceState>()(
  persist(
    (set) => ({
      device: null,
      acting: false,
      pair: (device) => set({ device }),
      forget: () => set({ device: null }),
      act: (acting) => set({ acting }),
    }),
    { name: "polyclinic.device", partialize: ({ device }) => ({ device }) },
  ),
);

/** The token that goes with a call: the device's while the screen acts as one, else the session's. */
export function activeToken(): string | null {
  const { device, acting } = useDevice.getState();
  return acting ? (device?.token ?? null) : useSession.getState().token;
}
