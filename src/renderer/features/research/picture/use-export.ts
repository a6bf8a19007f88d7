import { useClinic } from "@renderer/lib/clinic-store.ts";
import { useDirection } from "@renderer/lib/direction.ts";
import { saveBlob } from "@renderer/lib/download.ts";
import { useFormat } from "@renderer/lib/use-format.ts";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Drawing } from "./drawing.ts";
import { exportOf, fileName } from "./export-picture.ts";
import { framedPng, LONGEST_SIDE } from "./framed-png.ts";
import { NO_LABEL } from "./labels.ts";
import type { Colours } from "./palette.ts";
import { svgOf } from "./svg.ts";
import type { PictureProps, PictureState } from "./use-picture.ts";

/** Downloads what is seen of the picture as PNG or SVG, with its title, date, legend, and whether identities are masked. */
export function useExport(drawing: Drawing | null, picture: PictureState, colours: Colours, props: PictureProps) {
  const { t } = useTranslation("research");
  const format = useFormat();
  const direction = useDirection();
  const clinic = useClinic((state) => state.name);
  const { masked, truncated, title } = props;
  return useCallback(
    async (kind: "png" | "svg") => {
      if (!drawing) return;
      const now = new Date().toISOString();
      const shown = exportOf(
        { ...picture, places: drawing.places(), colours },
        {
          title: title || t("picture.title"),
          date: [clinic, format.dateTime(now)].filter(Boolean).join(" · "),
          notes: [...(masked ? [t("picture.maskedNote")] : []), ...(truncated ? [t("picture.truncatedNote")] : [])],
          legend: (label, count) => `${label === NO_LABEL ? t("picture.noLabel") : label} ${format.number(count)}`,
          direction,
        },
      );
      const content =
        kind === "svg"
          ? new Blob([svgOf(shown)], { type: "image/svg+xml" })
          : await framedPng(await drawing.png(colours.canvas, LONGEST_SIDE), shown);
      saveBlob(content, fileName(now, kind));
    },
    [drawing, picture, colours, title, masked, truncated, t, format, direction, clinic],
  );
}
