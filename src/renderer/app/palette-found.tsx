import { useDebouncedValue } from "@mantine/hooks";
import { callRoute } from "@renderer/lib/api.ts";
import { isolated } from "@renderer/lib/format.ts";
import { useGo } from "@renderer/lib/navigation.ts";
import { type PaletteItem, type PaletteProvider, usePalette } from "@renderer/lib/palette.ts";
import { useUser } from "@renderer/lib/session-store.ts";
import { useFormat } from "@renderer/lib/use-format.ts";
import { IconUser } from "@tabler/icons-react";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

/** Rows of the palette under one heading. */
export interface PaletteGroup {
  heading: string;
  rows: PaletteItem[];
}

const PATIENT_ROWS = 8;

/** Finds patients from every screen: reception gets to the person, doctors and nurses to the chart. */
function usePatients(): PaletteProvider | null {
  const { t } = useTranslation();
  const go = useGo();
  const format = useFormat();
  const { roles } = useUser();
  const cares = roles.includes("doctor") || roles.includes("nurse");
  const path = cares ? "/today" : roles.includes("reception") ? "/patients" : null;
  const heading = t("palette.patients");
  return useMemo(
    () =>
      path && {
        heading,
        find: async (text, signal) => {
          const { items } = await callRoute("patients", "search", { text, limit: PATIENT_ROWS }, signal);
          return items.map((patient) => ({
            id: patient.id,
            title: `${patient.givenName} ${patient.familyName}`,
            detail: `${isolated(patient.id)} · ${isolated(format.dateNumeric(patient.birthDate))}`,
            icon: <IconUser size={16} aria-hidden="true" />,
            act: () => go(path, { patient: patient.id }),
          }));
        },
      },
    [path, heading, format, go],
  );
}

/** What was found for the words as they stand now; a found person of earlier words is never offered for later ones. */
export function useFound(text: string): { groups: PaletteGroup[]; looking: boolean } {
  const screens = usePalette((state) => state.providers);
  const patients = usePatients();
  // A screen that answers for patients itself knows better where they open.
  const providers = useMemo(() => ({ ...(patients && { patients }), ...screens }), [patients, screens]);
  const [found, setFound] = useState<{ words: string; groups: Record<string, PaletteGroup> }>({ words: "", groups: {} });
  const now = text.trim();
  const [words] = useDebouncedValue(now, 120);
  useEffect(() => {
    const stop = new AbortController();
    setFound({ words, groups: {} });
    for (const [id, provider] of Object.entries(words === "" ? {} : providers)) {
      // A provider that fails answers nothing; its own screen says why when it is opened.
      void Promise.resolve(provider.find(words, stop.signal))
        .catch(() => [])
        .then((rows) => {
          if (stop.signal.aborted) return;
          setFound((before) => ({ words, groups: { ...before.groups, [id]: { heading: provider.heading, rows } } }));
        });
    }
    return () => stop.abort();
  }, [words, providers]);
  const fits = found.words === now;
  const answered = Object.keys(found.groups).length;
  return {
    groups: fits ? Object.values(found.groups) : [],
    looking: now !== "" && (!fits || answered < Object.keys(providers).length),
  };
}
