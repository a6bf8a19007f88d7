import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A server of ours on loopback, in a process of its own. */
export interface JavaServer {
  readonly port: number;
  readonly pid: number;
  /** Ends it cleanly; it keeps its folder. */
  stop(): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
}

/** A Neo4j takes ten seconds on a quiet machine, and minutes beside forty other programs. */
const READY_MS = 280_000;

export interface JavaProgram {
  /** A single-file program of this folder. */
  program: "Neo4jServer" | "MongoWireServer";
  classPath: string;
  memory: string;
  args: readonly string[];
  /** As a server that runs for long is: better code, for which it works as long as all the tests together take. */
  optimised?: boolean;
}

/** Starts a Java program and waits for its line `{"port":…}`. */
export async function startJava({ program, classPath, memory, args, optimised = false }: JavaProgram): Promise<JavaServer> {
  const file = fileURLToPath(new URL(`${program}.java`, import.meta.url));
  const compiled = `-XX:TieredStopAtLevel=${optimised ? 4 : 1}`;
  const options = [`-Xmx${memory}`, "-XX:+UseSerialGC", compiled, "-cp", classPath.trim(), file, ...args];
  const child = spawn("java", options, { stdio: ["pipe", "pipe", "pipe"] });
  const port = await portOf(program, child);
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const gone = () => child.exitCode !== null || child.signalCode !== null;
  return {
    port,
    pid: child.pid as number,
    async stop() {
      if (gone()) return;
      child.stdin.end();
      await ended;
    },
    async kill() {
      if (gone()) return;
      child.kill("SIGKILL");
      await ended;
    },
  };
}

function portOf(program: string, child: ChildProcess & { stdout: NodeJS.ReadableStream; stderr: NodeJS.ReadableStream }): Promise<number> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    const late = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error(`${program} did not start in ${READY_MS / 1000} s: ${said.slice(0, 20).join("\n")}`));
    }, READY_MS);
    createInterface({ input: child.stderr }).on("line", (line) => said.push(line));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const port = /^\{"port":(\d+)\}$/.exec(line)?.[1];
      if (port === undefined) return void said.push(line);
      clearTimeout(late);
      resolve(Number(port));
    });
    child.once("error", (error) => {
      clearTimeout(late);
      reject(new Error(`${program} cannot be started: ${error.message}`));
    });
    child.once("exit", (code) => {
      clearTimeout(late);
      reject(new Error(`${program} ended with ${code}: ${said.slice(0, 20).join("\n")}`));
    });
  });
}
