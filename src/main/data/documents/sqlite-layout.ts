import type { DatabaseSync } from "node:sqlite";
import { AppError } from "../../../shared/define.ts";

/**
 * Takes a file from the layout it has to the newest, in one transaction; its `user_version` counts the steps it has been through. Throws
 * `store-unavailable`, with `what` store it is, when a newer application wrote it.
 */
export function takeLayoutSteps(db: DatabaseSync, steps: readonly string[], what: string): void {
  const { user_version: version } = db.prepare("PRAGMA user_version").get() as { user_version: number };
  if (version > steps.length) {
    throw new AppError(
      "store-unavailable",
      `The ${what} has layout ${version}; this version of Polyclinic knows layouts up to ${steps.length}. Install the newer version.`,
    );
  }
  if (version === steps.length) return;
  db.exec("BEGIN IMMEDIATE");
  try {
    for (const step of steps.slice(version)) db.exec(step);
    db.exec(`PRAGMA user_version = ${steps.length}`);
    db.exec("COMMIT");
  } catch (error) {
    if (db.isTransaction) db.exec("ROLLBACK");
    throw error;
  }
}
