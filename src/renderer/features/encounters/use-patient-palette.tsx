import { callRoute } from "@renderer/lib/api.ts";
import { type PaletteProvider, usePaletteProvider } from "@renderer/lib/palette.ts";
import { useFormat } from "@renderer/lib/use-format.ts";
import { IconUser } from "@tabler/icons-react";
import { useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";

const ROWS = 8;

/** Ctrl+K finds any patient by name, phone or id, and opens the chart. */
export function usePatientPalette(open: (patientId: string) => void): void {
  const { t } = useTranslation("encounters");
  const format = useFormat();
  const heading = t("palette.patients");
  const latest = useRef(open);
  latest.current = open;
  const provider = useMemo<PaletteProvider>(
    () => ({
      heading,
      find: async (text, signal) => {
        const { items } = await callRoute("patients", "search", { text, limit: ROWS }, signal);
        return items.map((patient) => ({
          id: patient.id,
          title: `${patient.givenName} ${patient.familyName}`,
          detail: `${patient.id} · ${format.dateNumeric(patient.birthDate)}`,
          icon: <IconUser size={16} aria-hidden="true" />,
          act: () => latest.current(patient.id),
        }));
      },
    }),
    [heading, format],
  );
  usePaletteProvider("patients", provider);
}
