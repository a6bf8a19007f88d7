import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import type { StoredEntry } from "@main/data/audit/verify.ts";
import { openSqliteAudit } from "@main/data/documents/sqlite-audit.ts";
import type { TrailUnderTest } from "./audit-trail.ts";

/** The anchor of a folder, where it lies by default. */
export const anchorOf = (folder: string) => join(folder, "anchor", "audit-head.json");

/** Works on the closed file as somebody with full rights to it would, past the triggers. */
export function withTrail<T>(folder: string, work: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(join(folder, "audit.sqlite"));
  try {
    db.exec("DROP TRIGGER IF EXISTS entries_follow; DROP TRIGGER IF EXISTS entries_keep; DROP TRIGGER IF EXISTS entries_stay");
    return work(db);
  } finally {
    db.close();
  }
}

/** A trail in a folder of its own, as `like` is where one is given. */
export async function sqliteTrail(like?: SqliteTrail): Promise<SqliteTrail> {
  const folder = await mkdtemp(join(tmpdir(), "audit-"));
  if (like) await cp(like.folder, folder, { recursive: true });
  return {
    folder,
    anchorFile: anchorOf(folder),
    writer: () => {
      const db = new DatabaseSync(join(folder, "audit.sqlite"), { readOnly: true });
      const { value } = db.prepare("SELECT value FROM meta WHERE name = 'writer'").get() as { value: string };
      db.close();
      return value;
    },
    open: (clock) => openSqliteAudit({ folder, clock }),
    entries: async () =>
      withTrail(folder, (db) => db.prepare("SELECT seq, prev, hash, body FROM entries ORDER BY seq").all() as unknown as StoredEntry[]),
    async edit(seq, change) {
      withTrail(folder, (db) => {
        const names = Object.keys(change);
        const values = Object.values(change) as SQLInputValue[];
        db.prepare(`UPDATE entries SET ${names.map((name) => `${name} = ?`).join(", ")} WHERE seq = ?`).run(...values, seq);
      });
    },
    async remove(from, to) {
      withTrail(folder, (db) => db.prepare("DELETE FROM entries WHERE seq BETWEEN ? AND ?").run(from, to));
    },
    async slipIn({ seq, prev, hash, body }) {
      withTrail(folder, (db) => db.prepare("INSERT INTO entries (seq, prev, hash, body) VALUES (?, ?, ?, ?)").run(seq, prev, hash, body));
    },
    end: () => rm(folder, { recursive: true }),
  };
}

export interface SqliteTrail extends TrailUnderTest {
  readonly folder: string;
}
