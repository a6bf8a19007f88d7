import { IconAlertTriangle, IconCircleCheck, IconHandStop, IconHelpHexagon } from "@tabler/icons-react";
import type { ReactNode } from "react";
import styles from "./status-word.module.css";

/** `stop`, `warn` and `ok` are clinical only; `unknown` is no hue, a hatch and a dashed edge; the rest is ink and weight. */
export type Tone = "stop" | "warn" | "ok" | "unknown" | "neutral" | "strong" | "accent" | "dimmed";

const ICONS: Partial<Record<Tone, ReactNode>> = {
  stop: <IconHandStop size={16} aria-hidden="true" />,
  warn: <IconAlertTriangle size={16} aria-hidden="true" />,
  ok: <IconCircleCheck size={16} aria-hidden="true" />,
  unknown: <IconHelpHexagon size={16} aria-hidden="true" />,
};

/** A state: always an icon and a word. The clinical tones bring their own icon. */
export function StatusWord({ tone = "neutral", icon, children }: { tone?: Tone; icon?: ReactNode; children: ReactNode }) {
  return (
    <span className={styles.status} data-tone={tone}>
      {icon ?? ICONS[tone]}
      <span>{children}</span>
    </span>
  );
}
