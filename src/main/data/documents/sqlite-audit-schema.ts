import type { DatabaseSync } from "node:sqlite";
import { AppError } from "../../../shared/define.ts";

const LAYOUT = 1;

/**
 * An entry is its canonical text; what can be searched is computed from it, so no column can say something else than what was
 * hashed. A text damaged beyond JSON leaves them empty instead of breaking every statement. The triggers keep the application itself from changing the past; whoever bypasses them is found by `verify`.
 */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS entries (
    seq INTEGER PRIMARY KEY NOT NULL,
    prev TEXT NOT NULL,
    hash TEXT NOT NULL,
    body TEXT NOT NULL,
    writer TEXT GENERATED ALWAYS AS (CASE WHEN json_valid(body) THEN json_extract(body, '$.writer') END) VIRTUAL,
    n INTEGER GENERATED ALWAYS AS (CASE WHEN json_valid(body) THEN json_extract(body, '$.n') END) VIRTUAL,
    at TEXT GENERATED ALWAYS AS (CASE WHEN json_valid(body) THEN json_extract(body, '$.at') END) VIRTUAL,
    action TEXT GENERATED ALWAYS AS (CASE WHEN json_valid(body) THEN json_extract(body, '$.action') END) VIRTUAL,
    actorId TEXT GENERATED ALWAYS AS (CASE WHEN json_valid(body) THEN json_extract(body, '$.actorId') END) VIRTUAL,
    patientId TEXT GENERATED ALWAYS AS (CASE WHEN json_valid(body) THEN json_extract(body, '$.subject.patientId') END) VIRTUAL,
    outcome TEXT GENERATED ALWAYS AS (CASE WHEN json_valid(body) THEN json_extract(body, '$.outcome') END) VIRTUAL
  ) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS entries_place ON entries (writer, n);
  CREATE INDEX IF NOT EXISTS entries_at ON entries (at);
  CREATE INDEX IF NOT EXISTS entries_action ON entries (action);
  CREATE INDEX IF NOT EXISTS entries_actor ON entries (actorId);
  CREATE INDEX IF NOT EXISTS entries_patient ON entries (patientId);
  CREATE TRIGGER IF NOT EXISTS entries_follow BEFORE INSERT ON entries
    WHEN NEW.seq <= (SELECT max(seq) FROM entries)
      OR EXISTS (SELECT 1 FROM entries WHERE writer = json_extract(NEW.body, '$.writer') AND n = json_extract(NEW.body, '$.n'))
    BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;
  CREATE TRIGGER IF NOT EXISTS entries_keep BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;
  CREATE TRIGGER IF NOT EXISTS entries_stay BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;
`;

/** Makes the trail's tables. Throws `store-unavailable` when a newer application wrote the file. */
export function migrateAuditSchema(db: DatabaseSync): void {
  const { user_version: version } = db.prepare("PRAGMA user_version").get() as { user_version: number };
  if (version > LAYOUT) {
    throw new AppError(
      "store-unavailable",
      `The audit store has layout ${version}; this version of Polyclinic knows layouts up to ${LAYOUT}. Install the newer version.`,
    );
  }
  db.exec(`BEGIN IMMEDIATE; ${SCHEMA} PRAGMA user_version = ${LAYOUT}; COMMIT`);
}
