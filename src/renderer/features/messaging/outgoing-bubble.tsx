import { useErrorWords } from "@renderer/lib/error-words.ts";
import { Button, Num, Progress } from "@renderer/ui/index.ts";
import { IconAlertCircle, IconCheck, IconClock, IconCloudOff, IconPhoto } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { giveUp, type Outgoing, sendAgain } from "./outbox.ts";
import styles from "./thread.module.css";

/** A message of mine on its way: how far it is, why it did not go, and what can be done. */
export function OutgoingBubble({ item }: { item: Outgoing }) {
  const { t } = useTranslation("messaging");
  const { picture, state, share } = item;
  const failed = state === "held" || state === "refused";
  return (
    <div className={styles.line} data-mine="">
      <article className={styles.bubble} data-mine="" data-picture={picture ? "" : undefined} aria-label={t("message.byMe")}>
        {picture && (
          <div className={styles.upload}>
            <img className={styles.uploadPreview} src={picture.url} alt="" />
            <span className={styles.uploadName}>
              <IconPhoto size={16} aria-hidden="true" /> <bdi>{picture.name}</bdi>
            </span>
            {state === "sending" && share !== null && <Num>{`${Math.round(share * 100)} %`}</Num>}
          </div>
        )}
        {item.text && (
          <p className={styles.text} dir="auto">
            {item.text}
          </p>
        )}
        {picture && state === "sending" && <Progress value={share} label={t("outgoing.progress", { name: picture.name })} />}
        <div className={styles.meta}>
          <OutgoingState item={item} />
          {failed && (
            <Button variant="quiet" onClick={() => sendAgain(item)}>
              {t("outgoing.again")}
            </Button>
          )}
          {(failed || (state === "sending" && picture) || state === "waiting") && (
            <Button variant="quiet" onClick={() => giveUp(item)}>
              {picture && state === "sending" ? t("outgoing.cancel") : t("outgoing.remove")}
            </Button>
          )}
        </div>
      </article>
    </div>
  );
}

function OutgoingState({ item }: { item: Outgoing }) {
  const { t } = useTranslation("messaging");
  const words = useErrorWords();
  const { state, error } = item;
  if (state === "sent") {
    return (
      <span className={styles.ticks}>
        <IconCheck size={16} aria-hidden="true" />
        {t("message.sent")}
      </span>
    );
  }
  if (state === "refused" || state === "held") {
    return (
      <span className={styles.problem} role="alert">
        {state === "held" ? <IconCloudOff size={16} aria-hidden="true" /> : <IconAlertCircle size={16} aria-hidden="true" />}
        {state === "held" ? t("outgoing.held") : `${t("outgoing.refused")} ${words(error).message}`}
      </span>
    );
  }
  return (
    <span className={styles.ticks}>
      <IconClock size={16} aria-hidden="true" />
      {state === "sending" ? t("outgoing.sending") : t("outgoing.waiting")}
    </span>
  );
}
