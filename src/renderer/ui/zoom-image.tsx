import { IconZoomIn, IconZoomOut, IconZoomReset } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "./button.tsx";
import { Num } from "./num.tsx";
import styles from "./zoom-image.module.css";

const STEPS = [1, 1.5, 2, 3, 4, 6] as const;

/** A picture that fits its place and can be looked at closely: buttons, or + − and 0. */
export function ZoomImage({ src, alt }: { src: string; alt: string }) {
  const { t } = useTranslation("ui");
  const [step, setStep] = useState(0);
  const zoom = STEPS[step] ?? 1;
  const move = (by: number) => setStep((now) => Math.min(Math.max(now + by, 0), STEPS.length - 1));
  return (
    <section
      className={styles.frame}
      aria-label={alt}
      onKeyDown={(event) => {
        if (event.key === "+" || event.key === "=") move(1);
        else if (event.key === "-") move(-1);
        else if (event.key === "0") setStep(0);
      }}
    >
      {/* Reachable by Tab, so that the arrow keys scroll a picture that is larger than its place. */}
      <section className={styles.scroll} tabIndex={0} aria-label={t("zoom.place")}>
        <img className={styles.image} src={src} alt={alt} style={{ inlineSize: `${zoom * 100}%` }} data-fit={step === 0 || undefined} />
      </section>
      <div className={styles.tools} role="toolbar" aria-label={t("zoom.label")}>
        <IconButton label={t("zoom.out")} icon={<IconZoomOut size={20} />} disabled={step === 0} onClick={() => move(-1)} />
        <Num>{`${Math.round(zoom * 100)} %`}</Num>
        <IconButton label={t("zoom.in")} icon={<IconZoomIn size={20} />} disabled={step === STEPS.length - 1} onClick={() => move(1)} />
        <IconButton label={t("zoom.reset")} icon={<IconZoomReset size={20} />} disabled={step === 0} onClick={() => setStep(0)} />
      </div>
    </section>
  );
}
