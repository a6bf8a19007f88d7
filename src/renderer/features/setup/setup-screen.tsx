import { useRouteCommand, useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { useGo } from "@renderer/lib/navigation.ts";
import { useFormat } from "@renderer/lib/use-format.ts";
import { Button, Notice, Num, Progress } from "@renderer/ui/index.ts";
import {
  IconBuildingHospital,
  IconCalendar,
  IconCheck,
  IconFlask,
  IconFolder,
  IconId,
  IconMapPin,
  IconStethoscope,
  IconTrash,
  IconUserShield,
  IconUsers,
} from "@tabler/icons-react";
import { type ReactNode, useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { CreateClinic } from "./create-clinic.tsx";
import { JoinCard, JoinServers } from "./join-servers.tsx";
import styles from "./setup.module.css";

function Facts({ rows }: { rows: readonly { icon: ReactNode; words: string; end: string }[] }) {
  return (
    <ul className={styles.facts}>
      {rows.map((row) => (
        <li key={row.words}>
          {row.icon}
          <span>{row.words}</span>
          <span>{row.end}</span>
        </li>
      ))}
    </ul>
  );
}

function CreateCard({ onStart }: { onStart(): void }) {
  const { t } = useTranslation("setup");
  return (
    <section className={styles.card} data-main="">
      <IconBuildingHospital size={32} color="var(--accent)" aria-hidden="true" />
      <h2>{t("create.title")}</h2>
      <p>{t("create.words")}</p>
      <Facts
        rows={[
          { icon: <IconMapPin size={20} aria-hidden="true" />, words: t("create.clinic"), end: t("create.step", { number: 1 }) },
          { icon: <IconUserShield size={20} aria-hidden="true" />, words: t("create.admin"), end: t("create.step", { number: 2 }) },
          { icon: <IconStethoscope size={20} aria-hidden="true" />, words: t("create.people"), end: t("create.step", { number: 3 }) },
        ]}
      />
      <Button variant="primary" size="touch" wide onClick={onStart} keys="↵" autoFocus>
        {t("create.start")}
      </Button>
    </section>
  );
}

/** Fills the invented clinic and says how far it is: the loading itself answers only when all is there. */
function SampleCard() {
  const { t } = useTranslation("setup");
  const words = useErrorWords();
  const go = useGo();
  const load = useRouteCommand("setup", "loadSampleClinic", { invalidates: ["clinic"], onSuccess: () => go("/sign-in") });
  const status = useRouteQuery("setup", "getStatus", {}, { refetchInterval: load.isPending ? 500 : false });
  const progress = status.data?.progress ?? null;
  // Another window may have begun the loading.
  const loading = load.isPending || progress !== null;
  return (
    <section className={styles.card}>
      <IconFlask size={32} color="var(--accent)" aria-hidden="true" />
      <h2>{t("sample.title")}</h2>
      <p>{t("sample.words")}</p>
      <Facts
        rows={[
          { icon: <IconUsers size={20} aria-hidden="true" />, words: t("sample.patients"), end: t("sample.patientCount") },
          { icon: <IconCalendar size={20} aria-hidden="true" />, words: t("sample.day"), end: t("sample.today") },
          { icon: <IconId size={20} aria-hidden="true" />, words: t("sample.roles"), end: t("sample.roleCount") },
          { icon: <IconTrash size={20} aria-hidden="true" />, words: t("sample.remove"), end: t("sample.anyTime") },
        ]}
      />
      {load.error && <Notice tone="error">{words(load.error).message}</Notice>}
      {loading && <Progress value={progress} label={t("sample.loading")} />}
      <Button size="touch" wide busy={loading} onClick={() => load.mutate({})}>
        {loading ? `${t("sample.loading")} ${t("sample.percent", { percent: Math.round((progress ?? 0) * 100) })}` : t("sample.open")}
      </Button>
    </section>
  );
}

function Foot() {
  const { t } = useTranslation("setup");
  const format = useFormat();
  const status = useRouteQuery("setup", "getStatus", {});
  if (!status.data) return null;
  const { dataFolder, diskFreeBytes, version } = status.data;
  return (
    <footer className={styles.foot}>
      <span>
        {dataFolder && (
          <>
            <IconFolder size={16} aria-hidden="true" />
            {t("foot.folder")} <strong>{<Num>{dataFolder}</Num>}</strong>
          </>
        )}
      </span>
      <span>
        {diskFreeBytes !== null && (
          <>
            <IconCheck size={16} aria-hidden="true" />
            {t("foot.disk", { free: `\u2068${format.bytes(diskFreeBytes)}\u2069` })}
          </>
        )}
      </span>
      <span>{t("foot.version", { version })}</span>
    </footer>
  );
}

/** The first screen where there is no clinic yet: make one, try the invented one, or join the servers of one that exists. */
export function Screen() {
  const { t } = useTranslation("setup");
  const [way, choose] = useState<"create" | "join" | null>(null);
  const leave = useCallback(() => choose(null), []);
  // On servers already: what is made here is made there, for every workstation.
  const onServers = useRouteQuery("system", "getConnection", {}).data?.mode === "servers";
  return (
    <div className={styles.page}>
      {way === "create" && <CreateClinic onLeave={leave} />}
      {way === "join" && <JoinServers onLeave={leave} />}
      {way === null && (
        <div className={styles.column}>
          <h1 className={styles.title}>{t("title")}</h1>
          <p className={styles.lead}>{t(onServers ? "leadServers" : "lead")}</p>
          <div className={styles.cards}>
            <CreateCard onStart={() => choose("create")} />
            <SampleCard />
          </div>
          {!onServers && <JoinCard onStart={() => choose("join")} />}
        </div>
      )}
      <Foot />
    </div>
  );
}
