import { useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useFormat } from "@renderer/lib/use-format.ts";
import { Loaded, Num, Section, StatusWord } from "@renderer/ui/index.ts";
import { IconCheck, IconPlugConnectedX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./system.module.css";

// Below this the disk is called short.
const SHORT_OF_DISK_BYTES = 1e9;

function Up({ state }: { state: "up" | "down" }) {
  const { t } = useTranslation("system");
  return state === "up" ? (
    <StatusWord icon={<IconCheck size={16} aria-hidden="true" />}>{t("up")}</StatusWord>
  ) : (
    <StatusWord tone="strong" icon={<IconPlugConnectedX size={16} aria-hidden="true" />}>
      {t("down")}
    </StatusWord>
  );
}

/** The stores' state, sizes and versions, renewed every ten seconds. */
export function HealthPart() {
  const { t } = useTranslation("system");
  const words = useErrorWords();
  const format = useFormat();
  const query = useRouteQuery("system", "getHealth", {}, { refetchInterval: 10_000 });
  return (
    <Section title={t("health")}>
      <Loaded query={query} words={words}>
        {(health) => {
          const disk = health.diskFreeBytes;
          const facts: [string, ReactNode][] = [
            [t("version"), <Num key="v">{health.version}</Num>],
            [t("mode"), t(`modes.${health.mode}`)],
            [t("graph"), <Up key="g" state={health.stores.graph} />],
            [t("graphEngine"), <Num key="ge">{health.engines.graph}</Num>],
            [t("documents"), <Up key="d" state={health.stores.documents} />],
            [t("documentsEngine"), <Num key="de">{health.engines.documents}</Num>],
            [t("folder"), <Num key="f">{health.dataFolder}</Num>],
            [
              t("disk"),
              disk === null ? (
                t("unknown")
              ) : (
                <Num key="b">{`${format.bytes(disk)}${disk < SHORT_OF_DISK_BYTES ? ` (${t("diskShort")})` : ""}`}</Num>
              ),
            ],
            [t("uptime"), t("minutes", { count: Math.floor(health.uptimeSeconds / 60) })],
            ...Object.entries(health.counts).map(([name, count]): [string, ReactNode] => [
              t(`counts.${name}`, { defaultValue: name }),
              format.number(count),
            ]),
          ];
          return (
            <dl className={styles.facts}>
              {facts.map(([name, value]) => (
                <div key={name} className={styles.fact}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          );
        }}
      </Loaded>
    </Section>
  );
}
