#!/usr/bin/env node
// `npx polyclinic start|host|migrate|doctor|seed …`. The system's Node may be older than what the application needs: then the one that
// was installed beside it takes over. This file is JavaScript because an old Node runs it.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const COMMANDS = { start: "start", host: "run-host", migrate: "migrate", doctor: "doctor", seed: "seed" };
const NEEDED = 24;
const BAD_USAGE = 2;

const [command, ...args] = process.argv.slice(2);
const entry = Object.hasOwn(COMMANDS, command ?? "") ? COMMANDS[command] : undefined;
const usage = `Usage: polyclinic ${Object.keys(COMMANDS).join("|")} [options]`;
if (command === "--help" || command === "-h" || command === "help") {
  console.log(usage);
  process.exit(0);
}
if (entry === undefined) {
  console.error(usage);
  process.exit(BAD_USAGE);
}
const path = fileURLToPath(new URL(`${entry}.ts`, import.meta.url));

if (Number(process.versions.node.split(".")[0]) >= NEEDED) {
  process.argv = [process.argv[0] ?? "node", path, ...args];
  await import(pathToFileURL(path).href);
} else {
  const installed = dirname(createRequire(import.meta.url).resolve("node/package.json"));
  const program = join(installed, "bin", process.platform === "win32" ? "node.exe" : "node");
  const child = spawn(program, [path, ...args], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  child.once("error", (error) => {
    console.error(`Node ${NEEDED} is needed and ${program} cannot be started: ${error.message}`);
    process.exit(1);
  });
  child.once("exit", (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)));
}
