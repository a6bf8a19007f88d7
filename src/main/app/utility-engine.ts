import { utilityProcess } from "electron";
import type { EngineLauncher } from "../data/graph/engine-launcher.ts";

/** Launches the graph engine as a utility process of Electron. `entryPath` is the built `embedded-process.js`. */
export function utilityEngine(entryPath: string): EngineLauncher {
  return () => {
    // The engine's output is dropped: a panic message may quote what a statement carried.
    const child = utilityProcess.fork(entryPath, [], { serviceName: "Polyclinic graph", stdio: "ignore" });
    let ended = false;
    child.once("exit", () => {
      ended = true;
    });
    return {
      get pid() {
        return child.pid;
      },
      send: (message) => {
        if (!ended) child.postMessage(message);
      },
      onMessage: (listener) => child.on("message", listener),
      onExit: (listener) => child.once("exit", (code) => listener(`code ${code}`)),
      kill: () => {
        // `kill()` asks; an engine that hangs does not listen.
        if (child.pid !== undefined) process.kill(child.pid, "SIGKILL");
      },
    };
  };
}
