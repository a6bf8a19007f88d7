import { useClinic } from "@renderer/lib/clinic-store.ts";
import { IconDatabaseExclamation, IconPlugConnectedX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useShallow } from "zustand/react/shallow";
import { awayStores, useConnection } from "./connection-store.ts";
import { NextTry } from "./next-try.tsx";
import styles from "./root.module.css";
import { useArea } from "./store-words.ts";

/** Says what cannot be reached while it cannot, on every screen, and what can be done there meanwhile. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const connected = useConnection((state) => state.connected);
  const disk = useClinic((state) => state.disk);
  return (
    <>
      {connected ? (
        <StoresBanner />
      ) : (
        <div className={styles.banner} role="status">
          <IconPlugConnectedX size={20} aria-hidden="true" />
          {t("connection.lost")}
        </div>
      )}
      {disk !== "ok" && (
        <div className={styles.banner} role="status">
          <IconDatabaseExclamation size={20} aria-hidden="true" />
          {t(`disk.${disk}`)}
        </div>
      )}
    </>
  );
}

/** Which store is away, and what still works on this screen: signing in and messages live among the documents, patients in the records. */
function StoresBanner() {
  const { t } = useTranslation();
  const away = useConnection(useShallow(awayStores));
  const area = useArea();
  // A host that has been ready comes back to its stores without tries of its own to wait for.
  const tries = useConnection((state) => state.stores !== null && state.stores.state !== "ready");
  if (away.length === 0) return null;
  const what = away.length === 2 ? "both" : (away[0] ?? "both");
  return (
    <div className={styles.banner} data-testid="stores-away">
      <IconPlugConnectedX size={20} aria-hidden="true" />
      {/* The words are read aloud once; the seconds beside them are for the eye. */}
      <div role="status" className={styles.bannerWords}>
        <strong>{t(`stores.away.${what}`)}</strong>{" "}
        <span>{what === "graph" ? t(`stores.graphAway.${area}`) : t(`stores.documentsAway.${documentsArea(area)}`)}</span>
      </div>
      {tries ? <NextTry /> : <span className={styles.seconds}>{t("stores.again")}</span>}
    </div>
  );
}

function documentsArea(area: ReturnType<typeof useArea>): "front" | "kiosk" | "other" {
  return area === "front" || area === "kiosk" ? area : "other";
}
