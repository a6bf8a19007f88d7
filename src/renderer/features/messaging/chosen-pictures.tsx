import { useFormat } from "@renderer/lib/use-format.ts";
import { IconButton, Num } from "@renderer/ui/index.ts";
import { IconPhotoX, IconX } from "@tabler/icons-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import styles from "./composer.module.css";
import { useOutbox } from "./outbox.ts";
import { type Chosen, dropChosen } from "./tray.ts";

/** The pictures that will be sent, each of which can be taken away again; what cannot be read says why. */
export function ChosenPictures({ conversationId, tray }: { conversationId: string; tray: readonly Chosen[] }) {
  const { t } = useTranslation("messaging");
  const onTheWay = useOutbox((state) => state.items.some(({ picture, state: step }) => picture && step !== "sent"));
  useLeavingAsks(tray.length > 0 || onTheWay);
  if (tray.length === 0) return null;
  return (
    <ul className={styles.tray} aria-label={t("composer.chosen")}>
      {tray.map((chosen) => (
        <li key={chosen.key} className={styles.chosen} data-broken={chosen.state === "heic" || chosen.state === "unreadable" || undefined}>
          <ChosenWords chosen={chosen} />
          <IconButton
            label={t("composer.takeAway", { name: chosen.name })}
            icon={<IconX size={16} />}
            onClick={() => dropChosen(conversationId, chosen)}
          />
        </li>
      ))}
    </ul>
  );
}

function ChosenWords({ chosen }: { chosen: Chosen }) {
  const { t } = useTranslation("messaging");
  const format = useFormat();
  const { state, picture, name } = chosen;
  return (
    <>
      {picture ? <img className={styles.chosenPicture} src={picture.url} alt="" /> : <IconPhotoX size={24} aria-hidden="true" />}
      <span className={styles.chosenWords}>
        <bdi className={styles.chosenName}>{name}</bdi>
        {state === "ready" && picture && <Num>{format.bytes(picture.blob.size)}</Num>}
        {state === "preparing" && <span role="status">{t("composer.preparing")}</span>}
        {state === "heic" && <span role="alert">{t("composer.heic")}</span>}
        {state === "unreadable" && <span role="alert">{t("composer.unreadable")}</span>}
      </span>
    </>
  );
}

/** Pictures live in the page alone: closing it asks first. */
function useLeavingAsks(active: boolean): void {
  useEffect(() => {
    if (!active) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    globalThis.addEventListener("beforeunload", ask);
    return () => globalThis.removeEventListener("beforeunload", ask);
  }, [active]);
}
