/** A store's file that was damaged or missing, and what became of it. */
export interface RecoveredFile {
  store: "documents" | "audit" | "blobs" | "series" | "graph";
  /** Folder with the damaged files as they were found; null when there was nothing to keep. */
  quarantine: string | null;
  /** What was found and what was saved, for IT: counts and causes, nothing of a patient. */
  report: string;
}
