import { useSession } from "@renderer/lib/session-store.ts";
import { useMemo } from "react";
import { create } from "zustand";
import { persist } from "zustand/middleware";
import type { ChosenLook } from "./labels.ts";
import { LAYOUTS, type LayoutName } from "./layout-names.ts";

interface Kept {
  layout: LayoutName;
  looks: Record<string, ChosenLook>;
}
interface LooksStore {
  byUser: Record<string, Kept>;
  keep(user: string, change: (kept: Kept) => Kept): void;
}

const NOTHING: Kept = { layout: "force", looks: {} };

/** What each person chose for pictures on this machine: names of labels and properties only, never a value of the graph. */
const useLooksStore = create<LooksStore>()(
  persist(
    (set) => ({
      byUser: {},
      keep: (user, change) => set(({ byUser }) => ({ byUser: { ...byUser, [user]: change(byUser[user] ?? NOTHING) } })),
    }),
    { name: "polyclinic.pictures", partialize: ({ byUser }) => ({ byUser }) },
  ),
);

/** The chosen layout and looks of whoever is signed in, and how to change them. */
export function useKeptLooks() {
  const user = useSession((state) => state.user?.id ?? "");
  const kept = useLooksStore((state) => state.byUser[user]) ?? NOTHING;
  const keep = useLooksStore((state) => state.keep);
  return useMemo(
    () => ({
      layout: LAYOUTS.includes(kept.layout) ? kept.layout : NOTHING.layout,
      looks: kept.looks,
      setLayout: (layout: LayoutName) => keep(user, (before) => ({ ...before, layout })),
      setLook: (label: string, change: ChosenLook) =>
        keep(user, (before) => ({ ...before, looks: { ...before.looks, [label]: { ...before.looks[label], ...change } } })),
      resetLooks: () => keep(user, (before) => ({ ...before, looks: {} })),
    }),
    [kept, keep, user],
  );
}
