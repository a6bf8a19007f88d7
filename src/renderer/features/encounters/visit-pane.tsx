import { useRouteQuery } from "@renderer/lib/api.ts";
import { useErrorWords } from "@renderer/lib/error-words.ts";
import { Loaded, Pane, Skeleton } from "@renderer/ui/index.ts";
import { useTranslation } from "react-i18next";
import type { Patient } from "./types.ts";
import { VisitNote } from "./visit-note.tsx";
import { VisitReading } from "./visit-reading.tsx";
import { WithDraft } from "./with-draft.tsx";

interface VisitPaneProps {
  encounterId: string;
  patient: Patient;
  onNewVisit(): void;
}

/** One visit whole: written while it is open, read and amended afterwards. */
export function VisitPane({ encounterId, patient, onNewVisit }: VisitPaneProps) {
  const { t } = useTranslation("encounters");
  const words = useErrorWords();
  const query = useRouteQuery("encounters", "getEncounter", { encounterId });
  const skeleton = (
    <Pane label={t("visit.label")}>
      <Skeleton lines={10} />
    </Pane>
  );
  return (
    <Loaded query={query} words={words} skeleton={skeleton}>
      {(visit) =>
        visit.encounter.status === "open" ? (
          <WithDraft encounterId={encounterId} words={words}>
            {(draft, onSigned) => <VisitNote visit={visit} draft={draft} patient={patient} onSigned={onSigned} />}
          </WithDraft>
        ) : (
          <VisitReading visit={visit} patient={patient} onNewVisit={onNewVisit} />
        )
      }
    </Loaded>
  );
}
