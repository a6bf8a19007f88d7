import { useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useGo } from "@renderer/lib/navigation.ts";
import { useFormat } from "@renderer/lib/use-format.ts";
import { Button, Loaded, Num, Section, StatusWord } from "@renderer/ui/index.ts";
import { IconCheck, IconPlugConnectedX, IconServerCog } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Features, Workstations } from "./servers-part.tsx";
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

/** What keeps the key that seals the files, and where; the shared store has one place, which its name says. */
function KeyPlace({ keptBy, place }: { keptBy: "system-key-store" | "file" | "documents"; place: string }) {
  const { t } = useTranslation("system");
  return (
    <>
      {t(`stores.keepers.${keptBy}`)} {keptBy !== "documents" && <Num className={styles.place}>{place}</Num>}
    </>
  );
}

/** The stores' state, sizes and versions, renewed every ten seconds. */
export function HealthPart() {
  const { t } = useTranslation("system");
  const words = useErrorWords();
  const format = useFormat();
  const go = useGo();
  const query = useRouteQuery("system", "getHealth", {}, { refetchInterval: 10_000 });
  return (
    <Section
      title={t("health")}
      actions={
        <Button icon={<IconServerCog size={16} aria-hidden="true" />} onClick={() => go("/admin/system/stores")}>
          {t("stores.open")}
        </Button>
      }
    >
      <Loaded query={query} words={words}>
        {(health) => {
          const disk = health.diskFreeBytes;
          // What this computer has left counts where the stores are here.
          const diskFact: [string, ReactNode] = [
            t("disk"),
            disk === null ? (
              t("unknown")
            ) : (
              <Num key="b">{`${format.bytes(disk)}${disk < SHORT_OF_DISK_BYTES ? ` (${t("diskShort")})` : ""}`}</Num>
            ),
          ];
          const facts: [string, ReactNode][] = [
            [t("version"), <Num key="v">{health.version}</Num>],
            [t("mode"), t(`modes.${health.mode}`)],
            [t("graph"), <Up key="g" state={health.stores.graph} />],
            [t("graphEngine"), <Num key="ge">{health.engines.graph}</Num>],
            [t("documents"), <Up key="d" state={health.stores.documents} />],
            [t("documentsEngine"), <Num key="de">{health.engines.documents}</Num>],
            [t("folder"), <Num key="f">{health.dataFolder}</Num>],
            ...(health.mode === "servers" ? [] : [diskFact]),
            [t("files"), <Up key="fs" state={health.files.state} />],
            [t("filesBytes"), <Num key="fb">{format.bytes(health.files.bytes)}</Num>],
            [t("keys"), <KeyPlace key="k" keptBy={health.files.keptBy} place={health.files.keyPlace} />],
            [t("uptime"), t("minutes", { count: Math.floor(health.uptimeSeconds / 60) })],
            ...Object.entries(health.counts).map(([name, count]): [string, ReactNode] => [
              t(`counts.${name}`, { defaultValue: name }),
              format.number(count),
            ]),
          ];
          return (
            <>
              <dl className={styles.facts}>
                {facts.map(([name, value]) => (
                  <div key={name} className={styles.fact}>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                  </div>
                ))}
              </dl>
              <Workstations seen={health.workstations} />
              <Features features={health.features} />
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}
