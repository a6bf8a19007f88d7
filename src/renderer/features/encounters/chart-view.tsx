import { useErrorWords } from "@renderer/lib/error-words.ts";
import { Part } from "@renderer/lib/parts.tsx";
import { Loaded, Pane, Skeleton, Split } from "@renderer/ui/index.ts";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { AllergiesPanel } from "./allergies-panel.tsx";
import { BreakGlass } from "./break-glass.tsx";
import { ConditionsPanel } from "./conditions-panel.tsx";
import { LatestValues } from "./latest-values.tsx";
import { PatientBanner } from "./patient-banner.tsx";
import { Timeline } from "./timeline.tsx";
import styles from "./today.module.css";
import type { Chart, DayAppointment } from "./types.ts";
import { type ChartQuery, useChart } from "./use-chart.ts";
import type { TodayAddress } from "./use-today.ts";
import { VisitPane } from "./visit-pane.tsx";
import { VisitStart } from "./visit-start.tsx";

interface ChartViewProps {
  patientId: string;
  appointment: DayAppointment | undefined;
  address: TodayAddress;
}

/** One patient: the banner that never scrolls, the latest values, the timeline, and the visit that is open in it. */
export function ChartView({ patientId, appointment, address }: ChartViewProps) {
  const { t } = useTranslation("encounters");
  const words = useErrorWords();
  const { query, chart } = useChart(patientId);
  if (query.error?.code === "care-edge-required" && !chart) {
    return <BreakGlass patientId={patientId} onOpened={() => void query.refetch()} />;
  }
  if (!chart) {
    return (
      <Pane label={t("chart.label")}>
        <Loaded query={query} words={words} skeleton={<Skeleton lines={10} tall />}>
          {() => null}
        </Loaded>
      </Pane>
    );
  }
  return <OpenChart chart={chart} query={query} appointment={appointment} address={address} />;
}

/** Which visit stands in the middle: the one asked for, else this appointment's, else the one that is still open. */
function visitShown(chart: Chart, appointment: DayAppointment | undefined, asked: string | undefined): string | undefined {
  if (asked) return asked;
  if (appointment) return appointment.encounterId ?? undefined;
  return chart.encounters.find(({ status }) => status === "open")?.id ?? chart.encounters[0]?.id;
}

/** The visit whose findings a file can belong to, as long as one stands in the middle. */
function openVisit(chart: Chart, shown: string | undefined): string | undefined {
  return chart.encounters.find(({ id }) => id === shown)?.id;
}

interface OpenChartProps {
  chart: Chart;
  query: ChartQuery;
  appointment: DayAppointment | undefined;
  address: TodayAddress;
}

function OpenChart({ chart, query, appointment, address }: OpenChartProps) {
  const shown = address.visit === "new" ? undefined : visitShown(chart, appointment, address.visit);
  const closePanel = () => address.show({ panel: undefined }, { replace: true });
  useEscape(address.panel !== undefined, closePanel);
  return (
    <div className={styles.chart}>
      <PatientBanner chart={chart} panel={address.panel} onPanel={(panel) => address.show({ panel }, { replace: true })} />
      <LatestValues chart={chart} />
      <div className={styles.below}>
        <Split>
          <Timeline
            chart={chart}
            query={query}
            selected={shown}
            onVisit={(visit) => address.show({ visit })}
            panel={address.panel}
            onPanel={(panel) => address.show({ panel }, { replace: true })}
          />
          {shown ? (
            <VisitPane key={shown} encounterId={shown} patient={chart.patient} onNewVisit={() => address.show({ visit: "new" })} />
          ) : (
            <VisitStart
              patient={chart.patient}
              appointment={address.visit === "new" ? undefined : appointment}
              onStarted={(visit) => address.show({ visit: visit.id, appointment: visit.appointmentId ?? address.appointment })}
            />
          )}
          {address.panel === "allergies" && <AllergiesPanel chart={chart} onClose={closePanel} />}
          {address.panel === "files" && (
            <Part name="chart.files" key={shown} patientId={chart.patient.id} encounterId={openVisit(chart, shown)} onClose={closePanel} />
          )}
          {address.panel === "conditions" && <ConditionsPanel chart={chart} onClose={closePanel} />}
        </Split>
      </div>
    </div>
  );
}

/** Esc closes the panel also when what held the keyboard in it is gone, as a form after its work. */
function useEscape(active: boolean, close: () => void): void {
  const latest = useRef(close);
  latest.current = close;
  useEffect(() => {
    if (!active) return;
    const listen = (event: KeyboardEvent) => {
      if (event.key === "Escape" && document.activeElement === document.body) latest.current();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [active]);
}
