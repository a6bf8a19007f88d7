import { callRoute, useRouteQuery } from "@renderer/lib/api.ts";
import { Part } from "@renderer/lib/parts.tsx";
import { Button, Notice } from "@renderer/ui/index.ts";
import { IconChevronRight, IconLoader, IconServer2 } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./setup.module.css";

/** The way to an existing clinic: its servers instead of this computer's folder. */
export function JoinCard({ onStart }: { onStart(): void }) {
  const { t } = useTranslation("setup");
  return (
    <button type="button" className={styles.slim} onClick={onStart}>
      <IconServer2 size={24} aria-hidden="true" />
      <span>
        <strong>{t("join.title")}</strong>
        <span className={styles.muted}>{t("join.words")}</span>
      </span>
      <IconChevronRight size={20} className="flip" aria-hidden="true" />
    </button>
  );
}

/** Both servers of the clinic, tried and then used from the next start on, which the host makes by itself. */
export function JoinServers({ onLeave }: { onLeave(): void }) {
  const { t } = useTranslation("setup");
  const [joined, setJoined] = useState<{ restartRequired: boolean } | null>(null);
  if (joined) return <Waiting byHand={joined.restartRequired} onArrived={onLeave} />;
  return (
    <div className={styles.join}>
      <div>
        <h1 className={styles.wizardTitle}>{t("join.title")}</h1>
        <p className={styles.muted}>{t("join.lead")}</p>
      </div>
      <div className={styles.joinForm}>
        <Part
          name="system.servers"
          submit={t("join.act")}
          test={(input) => callRoute("setup", "testServer", input)}
          save={async (servers) => {
            setJoined(await callRoute("setup", "joinServers", servers));
            return true;
          }}
          end={<Button onClick={onLeave}>{t("wizard.back")}</Button>}
        />
      </div>
    </div>
  );
}

const ASK_EVERY_MS = 1_000;

/** The host starts anew: the guard leads to sign-in as soon as it knows the clinic, and back to the cards where the servers are empty. */
function Waiting({ byHand, onArrived }: { byHand: boolean; onArrived(): void }) {
  const { t } = useTranslation("setup");
  const { data } = useRouteQuery("system", "getConnection", {}, { refetchInterval: ASK_EVERY_MS, retry: false });
  const arrived = data?.mode === "servers" && data.state === "ready";
  useRouteQuery("setup", "getStatus", {}, { refetchInterval: ASK_EVERY_MS });
  useEffect(() => {
    if (arrived) onArrived();
  }, [arrived, onArrived]);
  return (
    <div className={styles.join}>
      <h1 className={styles.wizardTitle}>{t("join.waitingTitle")}</h1>
      <Notice icon={<IconLoader size={16} aria-hidden="true" />}>{t(byHand ? "join.byHand" : "join.waiting")}</Notice>
    </div>
  );
}
