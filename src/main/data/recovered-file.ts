/** A store's file that was damaged: a copy lies in quarantine and what could be read was carried over. */
export interface RecoveredFile {
  store: "documents" | "audit" | "graph";
  /** Where the damaged copy is. */
  quarantine: string;
  /** What was found and what was saved, for IT: counts and causes, nothing of a patient. */
  report: string;
}
