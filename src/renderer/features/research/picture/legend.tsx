import { Num } from "@renderer/ui/index.ts";
import { useTranslation } from "react-i18next";
import { Glyph } from "./glyph.tsx";
import { NO_LABEL } from "./labels.ts";
import styles from "./picture.module.css";
import type { PictureState } from "./use-picture.ts";

/** The labels of the picture with their shapes and counts; pressing one shows or hides its nodes. */
export function Legend({ picture }: { picture: PictureState }) {
  const { t } = useTranslation("research");
  const away = picture.marks.away.size;
  return (
    <div className={styles.legend} role="group" aria-label={t("picture.legend")}>
      {picture.counts.map(({ label, count }) => (
        <button
          key={label}
          type="button"
          className={styles.label}
          aria-pressed={!picture.labelsOff.has(label)}
          title={t(picture.labelsOff.has(label) ? "picture.showLabel" : "picture.hideLabel")}
          onClick={() => picture.toggleLabel(label)}
        >
          <Glyph outline={picture.looks.get(label)?.outline ?? "circle"} />
          {label === NO_LABEL ? t("picture.noLabel") : <bdi>{label}</bdi>}
          <Num>{count}</Num>
        </button>
      ))}
      {away > 0 && (
        <button type="button" className={styles.quiet} onClick={picture.showAll}>
          {t("picture.showAll", { count: away })}
        </button>
      )}
    </div>
  );
}
