import { Button, useCountdown } from "@renderer/ui/index.ts";
import { IconRefresh } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useConnection } from "./connection-store.ts";
import styles from "./root.module.css";
import { tryStoresNow } from "./store-watch.ts";

const nothing = () => undefined;

function Seconds({ until }: { until: number }) {
  const { t } = useTranslation();
  const seconds = useCountdown(until, nothing);
  return <>{seconds === 0 ? t("stores.trying") : t("stores.nextTry", { count: seconds })}</>;
}

/** When the host tries its servers again, and a button that does not wait for it. */
export function NextTry({ main = false }: { main?: boolean }) {
  const { t } = useTranslation();
  const retryAt = useConnection((state) => state.retryAt);
  const [trying, setTrying] = useState(false);
  const tryNow = async () => {
    setTrying(true);
    await tryStoresNow();
    setTrying(false);
  };
  return (
    <div className={styles.nextTry}>
      <span role="timer" className={styles.seconds}>
        {trying || retryAt === null ? t("stores.trying") : <Seconds until={retryAt} />}
      </span>
      <Button
        variant={main ? "primary" : "secondary"}
        icon={<IconRefresh size={16} aria-hidden="true" />}
        busy={trying}
        onClick={() => void tryNow()}
      >
        {t("stores.tryNow")}
      </Button>
    </div>
  );
}
