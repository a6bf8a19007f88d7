import { type Search, useGo, useSearchValue } from "@renderer/lib/navigation.ts";
import { useToday } from "@renderer/lib/use-format.ts";

const PANELS = ["allergies", "conditions", "files"] as const;
export type PanelName = (typeof PANELS)[number];

const panelOf = (name: string | undefined): PanelName | undefined => PANELS.find((panel) => panel === name);

/** The address of the screen: the day, whose chart, which visit in it, and the panel at the end. */
export function useTodayAddress() {
  const go = useGo();
  const today = useToday();
  const [day = today] = useSearchValue("day");
  const [patient] = useSearchValue("patient");
  const [appointment] = useSearchValue("appointment");
  const [visit] = useSearchValue("visit");
  const [panel] = useSearchValue("panel");
  const now: Search = { day: day === today ? undefined : day, patient, appointment, visit, panel };
  return {
    ...{ day, today, patient, appointment, visit },
    panel: panelOf(panel),
    /** Change some of it; what is not named stays. */
    show: (search: Search, options?: { replace?: boolean }) => go("/today", { ...now, ...search }, options),
    /** Another patient: nothing of the one before stays open. */
    openPatient: (search: { patient: string; appointment?: string; visit?: string }) => go("/today", { day: now.day, ...search }),
  };
}

export type TodayAddress = ReturnType<typeof useTodayAddress>;
