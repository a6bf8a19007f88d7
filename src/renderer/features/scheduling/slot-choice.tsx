import { useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useFormat } from "@renderer/lib/use-format.ts";
import { Button, EmptyState, Loaded, Num } from "@renderer/ui/index.ts";
import { useTranslation } from "react-i18next";
import styles from "./desk.module.css";

interface SlotChoiceProps {
  doctorId: string;
  day: string;
  busy: boolean;
  chosen?: string | null;
  onChoose(startsAt: string): void;
}

/** The free times of a doctor on a day, as buttons. */
export function SlotChoice({ doctorId, day, busy, chosen, onChoose }: SlotChoiceProps) {
  const { t } = useTranslation("scheduling");
  const words = useErrorWords();
  const format = useFormat();
  const query = useRouteQuery("scheduling", "listFreeSlots", { doctorId, day });
  return (
    <Loaded query={query} words={words}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState title={t("slots.none")}>{t("slots.noneHint")}</EmptyState>
        ) : (
          <div className={styles.slots} role="group" aria-label={t("slots.title")}>
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
