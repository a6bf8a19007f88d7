import { join } from "node:path";
import envPaths from "env-paths";

/**
 * Where the data of this user's clinic lies when nothing else is configured: `~/.local/share/polyclinic` on Linux,
 * `~/Library/Application Support/polyclinic` on macOS, `%LOCALAPPDATA%\polyclinic\Data` on Windows.
 */
export function defaultDataFolder(): string {
  return envPaths("polyclinic", { suffix: "" }).data;
}

/** Where the audit trail's head is anchored by default: beside this user's settings, outside the data folder. */
export function defaultAnchorFile(): string {
  return join(envPaths("polyclinic", { suffix: "" }).config, "audit-head.json");
}

/** The application's own log of a data folder. */
export function logFileOf(dataFolder: string): string {
  return join(dataFolder, "logs", "polyclinic.log");
}
