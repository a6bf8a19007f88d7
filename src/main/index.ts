import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { StoreMode } from "@shared/contract/servers.ts";
import { AppError } from "@shared/define.ts";
import Conf from "conf";
import { app, dialog } from "electron";
import { composeApp } from "./app/compose.ts";
import { createRestart } from "./app/restart.ts";
import { osSecrets } from "./app/shell/os-secrets.ts";
import { type ClientShellOptions, runClient } from "./app/shell/run-client.ts";
import { runShell } from "./app/shell/run-shell.ts";
import type { WindowState } from "./app/shell/window-state.ts";
import { utilityLauncher } from "./app/utility-process.ts";
import { type Config, readConfig } from "./platform/config.ts";
import { ownArguments } from "./platform/config-settings.ts";
import { keepConfiguration } from "./platform/configuration-keeper.ts";
import { serverSettings } from "./platform/kept-passwords.ts";
import { logFileOf } from "./platform/paths.ts";
import { createLog } from "./platform/pino-log.ts";

const BAD_USAGE = 2;

// The desktop entry: the same app as the host's, shown in a window.
const mainFolder = fileURLToPath(new URL(".", import.meta.url));
const args = ownArguments(process.argv);
// An installed application is started from anywhere: a `.env` that lies there is nobody's word.
const workingFolder = app.isPackaged ? null : process.cwd();
const config = configured();
const log = createLog({ file: logFileOf(config.dataFolder), level: config.logLevel });
const preferences = new Conf<{ window?: WindowState }>({ projectName: "polyclinic", cwd: app.getPath("userData"), configName: "window" });
const restart = createRestart();
restart.signal.addEventListener("abort", () => {
  app.relaunch();
  app.quit();
});

// Neither is awaited: Electron is not ready before this module has been evaluated.
if (config.clientUrl !== null) void runClient(clientOptions(config.clientUrl));
else
  void runShell({
    mainFolder,
    dataFolder: config.dataFolder,
    log,
    state: preferences,
    developmentUrl: app.isPackaged ? null : (process.env.ELECTRON_RENDERER_URL ?? null),
    compose: async () => {
      const secrets = osSecrets(join(app.getPath("userData"), "keys"), config.keyFolder);
      return composeApp({
        folder: config.dataFolder,
        launchers: {
          graph: utilityLauncher(join(mainFolder, "embedded-process.js"), "Polyclinic graph"),
          research: utilityLauncher(join(mainFolder, "research-process.js"), "Polyclinic research"),
          images: utilityLauncher(join(mainFolder, "images-process.js"), "Polyclinic images"),
        },
        log,
        secrets,
        servers: (await serverSettings(config, secrets)) ?? undefined,
        configuration: await keepConfiguration({
          ...{ args, environment: process.env, workingFolder, running: config, secrets },
          modes: StoreMode.options,
        }),
        restart: restart.request,
        keyPassphrase: config.keyPassphrase,
        anchorFile: config.anchorFile,
      });
    },
  });

function clientOptions(url: string): ClientShellOptions {
  const { dataFolder, clientCaFile, files } = config;
  const authority =
    clientCaFile === null
      ? null
      : orEnd(() => new X509Certificate(readFileSync(clientCaFile)), `${clientCaFile} is no certificate in PEM.`);
  return { url, authority, dataFolder, configurationFile: files.configuration, log, state: preferences };
}

/** The configuration, or the end after telling the person at the screen what is wrong with it. */
function configured(): Config {
  return orEnd(() => readConfig(args, process.env, workingFolder), "The configuration cannot be read.");
}

function orEnd<T>(read: () => T, otherwise: string): T {
  try {
    return read();
  } catch (error) {
    dialog.showErrorBox("Polyclinic", error instanceof AppError ? error.message : otherwise);
    app.exit(BAD_USAGE);
    throw error;
  }
}
