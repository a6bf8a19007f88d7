import { create } from "zustand";

interface ClinicState {
  name: string;
  timeZone: string;
  currency: string;
  /** Whether this is the invented clinic: marked on every screen. */
  sample: boolean;
  /** How much room the disk of the data has. */
  disk: "ok" | "low" | "read-only";
}

/** What every screen needs of the clinic; filled by the shell. Before sign-in the zone is this machine's. */
export const useClinic = create<ClinicState>(() => ({
  name: "",
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  currency: "USD",
  sample: false,
  disk: "ok",
}));
