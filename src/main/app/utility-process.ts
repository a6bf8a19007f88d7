import { utilityProcess } from "electron";
import type { ProcessLauncher } from "../platform/process-launcher.ts";

/** Launches a utility process of Electron. `entryPath` is the built `.js`, `name` what the system's process list shows. */
export function utilityLauncher(entryPath: string, name: string): ProcessLauncher {
  return () => {
    // Its output is dropped: a panic message may quote what a statement carried.
    const child = utilityProcess.fork(entryPath, [], { serviceName: name, stdio: "ignore" });
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
        // `kill()` asks; a process that hangs does not listen.
        if (child.pid !== undefined) process.kill(child.pid, "SIGKILL");
      },
    };
  };
}
