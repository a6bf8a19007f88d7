import { queryClient, type RouteOutput, routeKey } from "@renderer/lib/api.ts";
import { create } from "zustand";

export type KioskStep = "welcome" | "identify" | "visits" | "book" | "done";
export type KioskVisit = RouteOutput<"kiosk", "identify">["today"][number];

/** Untouched for this long, the screen forgets whoever stood there. */
export const CLEAR_AFTER_SECONDS = 60;

interface KioskState {
  step: KioskStep;
  /** What the person came for. */
  intent: "check-in" | "book";
  handle: string | null;
  visits: readonly KioskVisit[];
  /** What was done: shown on the last screen, without a name. */
  done: { kind: "checked-in" | "booked"; visit: KioskVisit; code: string | null } | null;
  /** True when the person must say again who they are, because that is known for two minutes only. */
  expired: boolean;
  /** Milliseconds since the epoch at which the screen clears. */
  clearsAt: number;
  begin(intent: "check-in" | "book"): void;
  identified(handle: string, visits: readonly KioskVisit[]): void;
  go(step: KioskStep): void;
  finish(done: NonNullable<KioskState["done"]>): void;
  /** The handle is no longer good: back to the question who it is, with the reason. */
  expire(): void;
  /** A touch or a key: someone is here. */
  touch(): void;
  /** Back to the welcome screen, with nothing left of the person. */
  clear(): void;
}

const later = () => Date.now() + CLEAR_AFTER_SECONDS * 1000;
const NOBODY = { step: "welcome", handle: null, visits: [], done: null, expired: false } as const;

// What was typed and read stays in the caches of reads and writes until it is taken out.
function forgetPerson(): void {
  queryClient.removeQueries({ queryKey: routeKey("kiosk") });
  queryClient.getMutationCache().clear();
}

/** The one person before the kiosk, for as long as they stand there; never written anywhere. */
export const useKiosk = create<KioskState>((set) => ({
  ...NOBODY,
  intent: "check-in",
  clearsAt: later(),
  begin: (intent) => set({ step: "identify", intent, clearsAt: later() }),
  identified: (handle, visits) =>
    set((state) => ({ handle, visits, expired: false, step: state.intent === "book" ? "book" : "visits", clearsAt: later() })),
  go: (step) => set({ step, clearsAt: later() }),
  finish: (done) => set({ done, step: "done", clearsAt: later() }),
  expire: () => {
    forgetPerson();
    set({ ...NOBODY, step: "identify", expired: true, clearsAt: later() });
  },
  touch: () => set((state) => (state.step === "welcome" ? {} : { clearsAt: later() })),
  clear: () => {
    forgetPerson();
    set(NOBODY);
  },
}));
