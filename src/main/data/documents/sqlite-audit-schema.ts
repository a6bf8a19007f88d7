import type { DatabaseSync } from "node:sqlite";
import { AppError } from "../../../shared/define.ts";

const LAYOUT = 1;

/**
 * An entry is its canonical text; what can be searched is computed from it, so no column can say something else than what was
 * hashed. The triggers keep the application itself from changing the past; whoever bypasses them is found by `verify`.
 */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS entries (
    seq INTEGER PRIMARY KEY NOT NULL,
    hash TEXT NOT NULL,
    body TEXT NOT NULL,
    writer TEXT GENERATED ALWAYS AS (json_extract(body, '$.writer')) VIRTUAL,
    n INTEGER GENERATED ALWAYS AS (json_extract(body, '$.n')) VIRTUAL,
    at TEXT GENERATED ALWAYS AS (json_extract(body, '$.at')) VIRTUAL,
    action TEXT GENERATED ALWAYS AS (json_extract(body, '$.action')) VIRTUAL,
    actorId TEXT GENERATED ALWAYS AS (json_extract(body, '$.actorId')) VIRTUAL,
    patientId TEXT GENERATED ALWAYS AS (json_extract(body, '$.subject.patientId')) VIRTUAL,
    outcome TEXT GENERATED ALWAYS AS (json_extract(body, '$.outcome')) VIRTUAL
  ) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS entries_place ON entries (writer, n);
  CREATE INDEX IF NOT EXISTS entries_at ON entries (at);
  CREATE INDEX IF NOT EXISTS entries_action ON entries (action);
  CREATE INDEX IF NOT EXISTS entries_actor ON entries (actorId);
  CREATE INDEX IF NOT EXISTS entries_patient ON entries (patientId);
  CREATE TRIGGER IF NOT EXISTS entries_keep BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;
  CREATE TRIGGER IF NOT EXISTS entries_stay BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;
`;

/** Makes the trail's tables. Throws `conflict` when a newer application wrote the file. */
export function migrateAuditSchema(db: DatabaseSync): void {
  const { user_version: version } = db.prepare("PRAGMA user_version").get() as { user_version: number };
  if (version > LAYOUT) {
    throw new AppError(
      "conflict",
      `The audit store has layout ${version}; this version of Polyclinic knows layouts up to ${LAYOUT}. Install the newer version.`,
    );
  }
  db.exec(`BEGIN IMMEDIATE; ${SCHEMA} PRAGMA user_version = ${LAYOUT}; COMMIT`);
}
