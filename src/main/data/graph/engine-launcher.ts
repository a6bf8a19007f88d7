import { fork } from "node:child_process";

/** A running process of the embedded engine, whatever started it. */
export interface EngineProcess {
  readonly pid: number | undefined;
  /** Messages arrive whole and in order; a message to a process that has ended is dropped. */
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, when the process has ended for whatever reason. */
  onExit(listener: (reason: string) => void): void;
  /** Ends it at once, as a hung engine must be. */
  kill(): void;
}

/** Starts the engine's process: `child_process` under Node, `utilityProcess` under Electron. */
export type EngineLauncher = () => EngineProcess;

/** Launches the engine with `child_process.fork`. `entryPath` is `embedded-process.ts`, or its built `.js`. */
export function forkEngine(entryPath: string): EngineLauncher {
  return () => {
    // The engine's output is dropped: a panic message may quote what a statement carried.
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
