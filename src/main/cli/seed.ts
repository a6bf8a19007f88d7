import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { buildWhenStale } from "./build-when-stale.ts";
import { ROOT } from "./run-step.ts";

// `npm run seed -- --data DIR [--patients 10000] [--seed 1]`: the sample clinic in a folder, made through the routes of a
// host that runs for just that long.

const POLL_MS = 2000;
const BAD_USAGE = 2;

interface Wish {
  data: string;
  patients: number;
  seed: number;
}

function readWish(): Wish {
  const { values } = parseArgs({ options: { data: { type: "string" }, patients: { type: "string" }, seed: { type: "string" } } });
  const whole = (text: string | undefined, otherwise: number) => (text === undefined ? otherwise : Number(text));
  const wish = { data: values.data ?? "", patients: whole(values.patients, 200), seed: whole(values.seed, 1) };
  if (!wish.data || !Number.isInteger(wish.patients) || !Number.isInteger(wish.seed)) {
    throw new TypeError("Usage: npm run seed -- --data DIR [--patients 10000] [--seed 1]");
  }
  return wish;
}

/** Starts the built host and answers it with its address, once it says that it is ready. */
async function startHost(data: string): Promise<{ host: ChildProcess; url: string }> {
  const args = [join(ROOT, "out", "main", "host.js"), "--data", data, "--port", "0", "--log-level", "warn"];
  const host = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: host.stdout })) {
    const { url } = JSON.parse(line) as { url: string };
    return { host, url };
  }
  throw new Error("The host has ended before it was ready.");
}

async function call<Answer>(url: string, route: string, input: object): Promise<{ status: number; answer: Answer }> {
  const response = await fetch(`${url}/api/setup/${route}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(input),
  });
  return { status: response.status, answer: (await response.json()) as Answer };
}

/** A large clinic takes longer than a call may: its loading goes on in the host and is watched from here. */
async function watch(url: string): Promise<void> {
  for (;;) {
    const { answer } = await call<{ state: string; progress: number | null }>(url, "getStatus", {});
    if (answer.state === "ready") return;
    if (answer.progress === null) throw new Error("The sample clinic could not be loaded; the host's log says why.");
    console.error(`${Math.floor(answer.progress * 100)} %`);
    await pause(POLL_MS);
  }
}

async function seed({ data, patients, seed: number }: Wish): Promise<void> {
  await buildWhenStale((line) => console.error(line));
  const started = performance.now();
  const { host, url } = await startHost(data);
  const ended = new Promise<void>((resolve) => host.once("exit", () => resolve()));
  try {
    const first = await call<{ message?: string }>(url, "loadSampleClinic", { seed: number, patients });
    if (first.status !== 200 && first.status !== 504) throw new Error(first.answer.message ?? `The host answered ${first.status}.`);
    if (first.status === 504) await watch(url);
    const { answer } = await call<object>(url, "loadSampleClinic", { seed: number, patients });
    console.log(JSON.stringify({ ...answer, durationMs: Math.round(performance.now() - started), folder: data }));
  } finally {
    host.kill("SIGTERM");
    await ended;
  }
}

try {
  await seed(readWish());
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(error instanceof TypeError ? BAD_USAGE : 1);
}
