import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";

export type PasswordTask =
  | { id: number; kind: "hash"; password: string; cost: number }
  | { id: number; kind: "verify"; password: string; hash: string };
export type PasswordAnswer = { id: number; result: string | boolean } | { id: number; failure: string };

/** Hashes and checks passwords with bcrypt, away from the thread that answers calls. */
export interface Passwords {
  /** The bcrypt hash to store. */
  hash(password: string): Promise<string>;
  /** Whether the password belongs to the hash. `null`, for an account that does not exist, takes as long and answers false. */
  verify(password: string, hash: string | null): Promise<boolean>;
  close(): Promise<void>;
}

export interface PasswordsOptions {
  /** File of the worker: `password-worker.ts`, or its built `.js`. */
  worker?: string;
  /** bcrypt's cost: 12 takes about a quarter of a second. Lower only in tests. */
  cost?: number;
  /** Threads, each started at its first use. */
  threads?: number;
}

const COST = 12;
const THREADS = 2;

export function createPasswords(options: PasswordsOptions = {}): Passwords {
  const { worker = workerFile(), cost = COST, threads = THREADS } = options;
  const pool = Array.from({ length: threads }, () => createThread(worker));
  const nobody = hashOfNobody(cost);
  const leastBusy = () => pool.reduce((best, thread) => (thread.waiting() < best.waiting() ? thread : best));
  return {
    async hash(password) {
      return String(await leastBusy().run({ kind: "hash", password, cost }));
    },
    async verify(password, hash) {
      const matches = (await leastBusy().run({ kind: "verify", password, hash: hash ?? nobody })) === true;
      return matches && hash !== null;
    },
    async close() {
      await Promise.all(pool.map((thread) => thread.close()));
    },
  };
}

/** The worker beside this file: its source in development, the built one wherever the bundler put this code. */
function workerFile(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const places = [join(here, "password-worker.ts"), join(here, "password-worker.js"), join(here, "..", "password-worker.js")];
  const found = places.find((place) => existsSync(place));
  if (!found) throw new Error("The password worker is missing from this installation.");
  return found;
}

/** A well-formed hash that no known password has: checking against it costs what checking against a real one costs. */
function hashOfNobody(cost: number): string {
  const filler = randomBytes(64).toString("base64url").replaceAll("-", ".").replaceAll("_", "/");
  // The last character of salt and digest carries only part of a byte; "." and "e" are valid there.
  return `$2b$${String(cost).padStart(2, "0")}$${filler.slice(0, 21)}e${filler.slice(22, 52)}.`;
}

type Job = PasswordTask extends infer T ? (T extends { id: number } ? Omit<T, "id"> : never) : never;
interface Waiting {
  resolve(result: string | boolean): void;
  reject(error: Error): void;
}

/** One worker thread, started when first needed and again after it died. */
function createThread(file: string) {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let last = 0;

  function start(): Worker {
    const started = new Worker(file, { execArgv: [] });
    started.unref();
    started.on("message", (answer: PasswordAnswer) => {
      const job = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (waiting.size === 0) started.unref();
      if ("failure" in answer) job?.reject(new Error(`Password hashing failed: ${answer.failure}`));
      else job?.resolve(answer.result);
    });
    const fail = (error: Error) => {
      if (worker === started) worker = null;
      for (const job of waiting.values()) job.reject(error);
      waiting.clear();
    };
    started.on("error", fail);
    started.on("exit", () => fail(new Error("The password thread has ended.")));
    return started;
  }

  return {
    waiting: () => waiting.size,
    run(job: Job): Promise<string | boolean> {
      worker ??= start();
      const current = worker;
      last += 1;
      const id = last;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        // Held only while a job waits, so that an idle thread keeps no process from ending.
        current.ref();
        current.postMessage({ ...job, id });
      });
    },
    async close(): Promise<void> {
      await worker?.terminate();
      worker = null;
    },
  };
}
