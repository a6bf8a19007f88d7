import { Num, StatusWord } from "@renderer/ui/index.ts";
import { IconCheck, IconLoader, IconPlugConnectedX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { type Store, type StoresState, useConnection } from "./connection-store.ts";
import { FrontFrame } from "./frames.tsx";
import { NextTry } from "./next-try.tsx";
import styles from "./stores-screen.module.css";

type StoreState = StoresState["stores"][Store];

function Word({ state }: { state: StoreState }) {
  const { t } = useTranslation();
  if (state.state === "up") return <StatusWord icon={<IconCheck size={16} aria-hidden="true" />}>{t("stores.state.up")}</StatusWord>;
  if (state.cause === null)
    return (
      <StatusWord tone="dimmed" icon={<IconLoader size={16} aria-hidden="true" />}>
        {t("stores.state.trying")}
      </StatusWord>
    );
  return (
    <StatusWord tone="strong" icon={<IconPlugConnectedX size={16} aria-hidden="true" />}>
      {t("stores.state.down")}
    </StatusWord>
  );
}

/** One of the two stores: what lies there, whether it is reached, and else what is wrong and what IT does about it. */
function StorePart({ store, state }: { store: Store; state: StoreState }) {
  const { t } = useTranslation();
  return (
    <section className={styles.store} aria-label={t(`stores.name.${store}`)}>
      <div className={styles.head}>
        <h2 className={styles.name}>{t(`stores.name.${store}`)}</h2>
        <Word state={state} />
      </div>
      <p className={styles.holds}>{t(`stores.holds.${store}`)}</p>
      {state.state === "down" && state.cause && (
        <dl className={styles.cause}>
          <dt>{t("stores.wrong")}</dt>
          <dd>{t(`stores.cause.${state.cause}`)}</dd>
          <dt>{t("stores.forIt")}</dt>
          <dd>{t(`stores.remedy.${state.cause}`)}</dd>
        </dl>
      )}
    </section>
  );
}

/** While the clinic's stores are away at the start: what is wrong, what to do about it, and when it is tried again. It goes on by itself. */
export function StoresScreen({ stores }: { stores: StoresState }) {
  const { t } = useTranslation();
  const connected = useConnection((state) => state.connected);
  const refused = stores.state === "refused";
  return (
    <FrontFrame>
      <div className={styles.page}>
        <div role="status">
          <h1 className={styles.title}>{t(refused ? "stores.refusedTitle" : "stores.title")}</h1>
          <p className={styles.lead}>{t(refused ? "stores.refusedLead" : "stores.lead")}</p>
        </div>
        <div className={styles.stores}>
          <StorePart store="graph" state={stores.stores.graph} />
          <StorePart store="documents" state={stores.stores.documents} />
        </div>
        {connected && <NextTry main />}
        <p className={styles.doctor}>
          {t("stores.doctor")} <Num className={styles.command}>npm run doctor</Num>
        </p>
      </div>
    </FrontFrame>
  );
}
