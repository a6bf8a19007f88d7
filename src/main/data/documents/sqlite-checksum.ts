import type { DatabaseSync } from "node:sqlite";
import { crc32 } from "node:zlib";

/**
 * CRC-32 of a document and the id it lies under. SQLite finds a page that is out of shape, but not a letter that changed within a
 * text: without this a damaged disk could hand out another name or another role.
 */
export function checksum(id: string, body: string): number {
  return crc32(body, crc32(id));
}

/** The first of these collections that holds a document other than it was stored, or null. */
export function findChangedDocument(db: DatabaseSync, collections: readonly string[]): string | null {
  for (const name of collections) {
    const exists = db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(name);
    if (!exists) continue;
    for (const { id, sum, body } of db.prepare(`SELECT id, sum, body FROM "${name}"`).iterate()) {
      if (checksum(String(id), String(body)) !== sum) return name;
    }
  }
  return null;
}
