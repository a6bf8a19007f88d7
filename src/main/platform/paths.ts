import { join } from "node:path";
import envPaths from "env-paths";

/**
 * Where the data of this user's clinic lies when nothing else is configured: `~/.local/share/polyclinic` on Linux,
 * `~/Library/Application Support/polyclinic` on macOS, `%LOCALAPPDATA%\polyclinic\Data` on Windows.
 */
export function defaultDataFolder(): string {
  return envPaths("polyclinic", { suffix: "" }).data;
}

/**
 * Where this user's keys lie when nothing else is configured, apart from every data folder: `~/.config/polyclinic/keys` on Linux,
 * `~/Library/Preferences/polyclinic/keys` on macOS, `%APPDATA%\\polyclinic\\Config\\keys` on Windows.
 */
export function defaultKeyFolder(): string {
  return join(envPaths("polyclinic", { suffix: "" }).config, "keys");
}

/** The application's own log of a data folder. */
export function logFileOf(dataFolder: string): string {
  return join(dataFolder, "logs", "polyclinic.log");
}
