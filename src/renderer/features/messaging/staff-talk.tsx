import { useMediaQuery } from "@mantine/hooks";
import { useRouteQuery } from "@renderer/lib/api.ts";
import { useUser } from "@renderer/lib/session-store.ts";
import { IconButton, Panel, Skeleton } from "@renderer/ui/index.ts";
import { IconLayoutSidebarRightExpand } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { AddToChart } from "./add-to-chart.tsx";
import { BookVisit, ChartSide, OpenChart } from "./chart-side.tsx";
import { Conversation } from "./conversation.tsx";
import styles from "./messages.module.css";
import { type Chart, PatientBanner, PersonBanner } from "./talk-header.tsx";
import { type Message, otherOf, type Conversation as Talk } from "./types.ts";

const WIDE = "(min-width: 1280px)";

/** A conversation on a workstation: the banner of whom it is with, the messages, and for a patient's doctor the chart beside them. */
export function StaffTalk({ conversation }: { conversation: Talk }) {
  const me = useUser();
  const other = otherOf(conversation, me.id);
  const patientId = other?.patientId ?? "";
  const chart = useRouteQuery("patients", "getChart", { patientId, pageSize: 20 }, { enabled: patientId !== "" });
  if (!other) return null;
  if (!patientId || chart.error) return <PlainTalk conversation={conversation} />;
  return chart.data ? (
    <PatientTalk conversation={conversation} chart={chart.data} />
  ) : (
    <div className={styles.stage}>
      <Skeleton lines={8} />
    </div>
  );
}

function PlainTalk({ conversation }: { conversation: Talk }) {
  const other = otherOf(conversation, useUser().id);
  return (
    <div className={styles.stage}>
      {other && <PersonBanner contact={other} />}
      <Conversation conversation={conversation} />
    </div>
  );
}

function PatientTalk({ conversation, chart }: { conversation: Talk; chart: Chart }) {
  const { t } = useTranslation("messaging");
  const other = otherOf(conversation, useUser().id);
  const wide = useMediaQuery(WIDE, globalThis.matchMedia(WIDE).matches) ?? true;
  const [filing, setFiling] = useState<Message | null>(null);
  const [opened, setOpened] = useState(false);
  const patientId = chart.patient.id;
  return (
    <div className={styles.stage}>
      {other && <PatientBanner contact={other} chart={chart} wide={wide} />}
      <div className={styles.beside}>
        <Conversation conversation={conversation} onAddToChart={setFiling} />
        {filing ? (
          <div className={styles.panelPlace}>
            <AddToChart key={filing.id} message={filing} chart={chart} onClose={() => setFiling(null)} />
          </div>
        ) : wide ? (
          <aside className={styles.chartSide} aria-label={t("panel.title")}>
            <div className={styles.sideHead}>
              <h2 className={styles.sideHeadTitle}>{t("panel.title")}</h2>
              <OpenChart patientId={patientId} />
            </div>
            <div className={styles.sideBody}>
              <ChartSide chart={chart} />
            </div>
            <BookVisit patientId={patientId} />
          </aside>
        ) : opened ? (
          <div className={styles.panelPlace}>
            <Panel title={t("panel.title")} actions={<OpenChart patientId={patientId} />} onClose={() => setOpened(false)}>
              <ChartSide chart={chart} withVisits />
              <BookVisit patientId={patientId} />
            </Panel>
          </div>
        ) : (
          <div className={styles.openSide}>
            <IconButton
              bordered
              label={t("panel.open")}
              icon={<IconLayoutSidebarRightExpand size={20} className="flip" />}
              onClick={() => setOpened(true)}
            />
          </div>
        )}
      </div>
    </div>
  );
}
