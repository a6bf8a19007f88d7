import { fork } from "node:child_process";

/** A running process of ours, whatever started it. */
export interface ChildProcess {
  readonly pid: number | undefined;
  /** Messages arrive whole and in order; a message to a process that has ended is dropped. */
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, when the process has ended for whatever reason. */
  onExit(listener: (reason: string) => void): void;
  /** Ends it at once, as one that hangs must be. */
  kill(): void;
}

/** Starts a process: `child_process` under Node, `utilityProcess` under Electron. */
export type ProcessLauncher = () => ChildProcess;

/** What runs beside the main process, because it can crash, hang or eat memory: each has a launcher of its own. */
export interface Launchers {
  /** The embedded graph. */
  graph: ProcessLauncher;
  /** Research queries on a snapshot of it. */
  research: ProcessLauncher;
  /** Decoding of strangers' pictures. */
  images: ProcessLauncher;
}

/** Launches with `child_process.fork`. `entryPath` is the entry's `.ts`, or its built `.js`. */
export function forkProcess(entryPath: string): ProcessLauncher {
  return () => {
    // Its output is dropped: a panic message may quote what a statement carried.
    const child = fork(entryPath, [], {
      execPath: process.execPath,
      execArgv: [],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    return {
      pid: child.pid,
      send: (message) => {
        if (child.connected) child.send(message as object, () => undefined);
      },
      onMessage: (listener) => child.on("message", listener),
      onExit: (listener) => {
        let told = false;
        const tell = (reason: string) => {
          if (told) return;
          told = true;
          listener(reason);
        };
        child.once("error", (error) => tell(error.message));
        child.once("exit", (code, signal) => tell(signal === null ? `code ${code}` : `signal ${signal}`));
      },
      kill: () => child.kill("SIGKILL"),
    };
  };
}
