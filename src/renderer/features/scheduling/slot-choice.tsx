import { useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useFormat } from "@renderer/lib/use-format.ts";
import { Button, EmptyState, Loaded, Num } from "@renderer/ui/index.ts";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import styles from "./desk.module.css";

interface SlotChoiceProps {
  doctorId: string;
  day: string;
  busy: boolean;
  chosen?: string | null;
  /** The keyboard goes to the chosen time, else the first free one, as soon as they are there. */
  takesKeyboard?: boolean;
  onChoose(startsAt: string): void;
}

/** The free times of a doctor on a day, as buttons. */
export function SlotChoice({ doctorId, day, busy, chosen, takesKeyboard = false, onChoose }: SlotChoiceProps) {
  const { t } = useTranslation("scheduling");
  const words = useErrorWords();
  const format = useFormat();
  const query = useRouteQuery("scheduling", "listFreeSlots", { doctorId, day });
  const times = useRef<HTMLDivElement>(null);
  const there = query.isSuccess;
  useEffect(() => {
    if (!takesKeyboard || !there) return;
    (times.current?.querySelector<HTMLElement>("[aria-pressed=true]") ?? times.current?.querySelector("button"))?.focus();
  }, [takesKeyboard, there]);
  return (
    <Loaded query={query} words={words}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState title={t("slots.none")}>{t("slots.noneHint")}</EmptyState>
        ) : (
          <div ref={times} className={styles.slots} role="group" aria-label={t("slots.title")}>
            {items.map((slot) => (
              <Button
                key={slot.startsAt}
                variant={chosen === slot.startsAt ? "primary" : "secondary"}
                aria-pressed={chosen === slot.startsAt}
                disabled={busy}
                onClick={() => onChoose(slot.startsAt)}
              >
                <Num>{format.time(slot.startsAt)}</Num>
              </Button>
            ))}
          </div>
        )
      }
    </Loaded>
  );
}
