import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Conf from "conf";
import { app } from "electron";
import { composeApp } from "./app/compose.ts";
import { osSecrets } from "./app/shell/os-secrets.ts";
import { runShell } from "./app/shell/run-shell.ts";
import type { WindowState } from "./app/shell/window-state.ts";
import { utilityLauncher } from "./app/utility-process.ts";
import { readConfig } from "./platform/config.ts";
import { logFileOf } from "./platform/paths.ts";
import { createLog } from "./platform/pino-log.ts";

// The desktop entry: the same app as the host's, shown in a window.
const mainFolder = fileURLToPath(new URL(".", import.meta.url));
// Chromium's own switches stand among the arguments; ours are written `--data=FOLDER`.
const given = process.argv.filter((argument) => /^--(data|anchor|keys|log-level)=/.test(argument));
const config = readConfig(given, process.env);
const log = createLog({ file: logFileOf(config.dataFolder), level: config.logLevel });
const preferences = new Conf<{ window?: WindowState }>({ projectName: "polyclinic", cwd: app.getPath("userData"), configName: "window" });

// Not awaited: Electron is not ready before this module has been evaluated.
void runShell({
  mainFolder,
  dataFolder: config.dataFolder,
  log,
  state: preferences,
  developmentUrl: app.isPackaged ? null : (process.env.ELECTRON_RENDERER_URL ?? null),
  compose: () =>
    composeApp({
      folder: config.dataFolder,
      launchers: {
        graph: utilityLauncher(join(mainFolder, "embedded-process.js"), "Polyclinic graph"),
        research: utilityLauncher(join(mainFolder, "research-process.js"), "Polyclinic research"),
        images: utilityLauncher(join(mainFolder, "images-process.js"), "Polyclinic images"),
      },
      log,
      secrets: osSecrets(join(app.getPath("userData"), "keys"), config.keyFolder),
      anchorFile: config.anchorFile,
    }),
});
