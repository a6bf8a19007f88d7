import { useClinic } from "@renderer/lib/clinic-store.ts";
import { IconDatabaseExclamation, IconPlugConnectedX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useConnection } from "./connection-store.ts";
import styles from "./root.module.css";

/** Says what cannot be reached while it cannot, on every screen. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const { connected, lostStores } = useConnection();
  const disk = useClinic((state) => state.disk);
  const words = connected ? lostStores[0] && t(`connection.${lostStores[0]}`) : t("connection.lost");
  return (
    <>
      {words && (
        <div className={styles.banner} role="status">
          <IconPlugConnectedX size={20} aria-hidden="true" />
          {words}
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
