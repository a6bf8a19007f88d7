import type { RouteOutput } from "@renderer/lib/api.ts";
import { useFormat } from "@renderer/lib/use-format.ts";
import { Num, StatusWord } from "@renderer/ui/index.ts";
import { IconArrowBackUp, IconCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import styles from "./system.module.css";

type Health = RouteOutput<"system", "getHealth">;

/** The workstations on the clinic's servers, this one marked; nothing where the stores are this computer's own. */
export function Workstations({ seen }: { seen: Health["workstations"] }) {
  const { t } = useTranslation("system");
  const format = useFormat();
  if (seen.length === 0) return null;
  return (
    <>
      <h4 className={styles.partTitle}>{t("workstations")}</h4>
      <ul className={styles.list}>
        {seen.map((station) => (
          <li key={station.id} className={styles.line}>
            <span>
              <bdi>{station.name}</bdi> {station.self && <strong>{t("thisWorkstation")}</strong>}
            </span>
            <span className={styles.muted}>{t("seenWith", { version: station.version, time: format.dateTime(station.seenAt) })}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

const KNOWN = [
  ...(["version", "transactions", "change-streams", "time-series", "ttl", "text-search", "retryable-writes"] as const),
  "full-text-index",
] as const;
type Known = (typeof KNOWN)[number];
const isKnown = (name: string): name is Known => (KNOWN as readonly string[]).includes(name);

/** What is used of the servers and what is done without. Of something that this screen does not know yet, the server's own note is shown. */
export function Features({ features }: { features: Health["features"] }) {
  const { t } = useTranslation("system");
  if (features.length === 0) return null;
  return (
    <>
      <h4 className={styles.partTitle}>{t("features")}</h4>
      <ul className={styles.list}>
        {features.map(({ store, name, state, note }) => (
          <li key={`${store} ${name}`} className={styles.feature}>
            <span>{isKnown(name) ? t(`featureNames.${name}`) : <Num>{name}</Num>}</span>
            {state === "used" ? (
              <StatusWord icon={<IconCheck size={16} aria-hidden="true" />}>{t("featureUsed")}</StatusWord>
            ) : (
              <StatusWord tone="dimmed" icon={<IconArrowBackUp size={16} aria-hidden="true" />}>
                {t("featureWithout")}
              </StatusWord>
            )}
            <span className={styles.note}>{isKnown(name) ? t(`featureWords.${name}.${state}`) : <Num>{note}</Num>}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
