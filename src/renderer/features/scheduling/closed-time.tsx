import { Num } from "@renderer/ui/index.ts";
import { IconCoffee, IconDoorExit, IconMoon } from "@tabler/icons-react";
import type { CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import styles from "./desk.module.css";
import { type Closed, wallTime } from "./layout.ts";

const ICONS = { before: IconMoon, break: IconCoffee, after: IconDoorExit, off: IconMoon };
// Shorter than this there is no room for words.
const WORDS_MINUTES = 30;

interface ClosedTimeProps {
  closed: Closed;
  style: CSSProperties;
  onTouch(event: React.MouseEvent<HTMLButtonElement>): void;
}

/** Time without working hours, saying why; touching it books all the same, which asks for a reason. */
export function ClosedTime({ closed, style, onTouch }: ClosedTimeProps) {
  const { t } = useTranslation("scheduling");
  const Icon = ICONS[closed.kind];
  const words = t(`closed.${closed.kind}`);
  const time = closed.kind === "off" ? null : wallTime(closed.kind === "after" ? closed.from : closed.to);
  return (
    <button type="button" tabIndex={-1} className={styles.closed} style={style} onClick={onTouch}>
      <span className={closed.to - closed.from >= WORDS_MINUTES ? styles.closedWords : "visually-hidden"}>
        <Icon size={16} aria-hidden="true" />
        <span>
          {words} {time && <Num>{time}</Num>}
        </span>
      </span>
    </button>
  );
}
