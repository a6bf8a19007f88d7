import { randomBytes } from "node:crypto";
import type { Db, MongoClient } from "mongodb";
import type { ConnectionCause, ConnectionReport } from "../../../shared/contract/servers.ts";
import type { MongoSettings } from "../../platform/server-settings.ts";
import { within } from "../../platform/within.ts";
import { isEncrypted } from "./mongo.ts";
import { clientFor } from "./mongo-client.ts";
import { causeOfMongo, rootCode } from "./mongo-errors.ts";
import { majorOf, OLDEST_MAJOR, tryRights, versionOf, WANTED_MAJOR } from "./mongo-features.ts";

type Step = ConnectionReport["steps"][number];
type StepName = Step["step"];

const ORDER: readonly StepName[] = ["address", "tls", "credentials", "version", "rights"];
const BOUND_MS = 4_500;
const TIMES = { serverSelectionTimeoutMS: 2_000, connectTimeoutMS: 2_000, socketTimeoutMS: 2_000, minPoolSize: 0, maxPoolSize: 1 };

/** Which step a cause belongs to; without one it is the step that was being taken. */
const STEP_OF: Partial<Record<ConnectionCause, StepName>> = {
  ...{ address: "address", tls: "tls", credentials: "credentials", version: "version", rights: "rights" },
};

const FAILED: Readonly<Record<StepName, string>> = {
  address: "Nothing answers there as a MongoDB would.",
  tls: "The server and this computer could not agree on an encrypted connection: see its certificate and the CA file.",
  credentials: "The server does not accept the user and password.",
  version: `MongoDB ${OLDEST_MAJOR}.0 or later is needed.`,
  rights: "The user may not read, write and make indexes in the database.",
};

/** Tries a MongoDB step by step, in under 5 s. What is said is for IT and holds no password. */
export async function probeMongo(settings: MongoSettings): Promise<ConnectionReport> {
  const attempt = new Attempt(settings);
  await within(BOUND_MS, attempt.run(), () => undefined);
  attempt.end();
  return attempt.report();
}

class Attempt {
  readonly #settings: MongoSettings;
  readonly #done = new Map<StepName, Omit<Step, "step">>();
  #now: StepName = "address";
  #client: MongoClient | null = null;
  #server: ConnectionReport["server"] = null;

  constructor(settings: MongoSettings) {
    this.#settings = settings;
  }

  async run(): Promise<void> {
    try {
      await this.#connect();
      const db = (this.#client as MongoClient).db(this.#settings.database);
      await this.#version(db);
      this.#now = "rights";
      await tried(db);
      this.#done.set("rights", { state: "ok", detail: `May read, write and make indexes in ${this.#settings.database}.` });
    } catch (error) {
      this.#fail(error);
    }
  }

  async #connect(): Promise<void> {
    this.#client = await clientFor(this.#settings, TIMES);
    await this.#client.connect();
    this.#reached();
    const { user } = this.#settings;
    const named = user !== null || this.#client.options.credentials !== undefined;
    this.#done.set("credentials", named ? { state: "ok", detail: "Signed in." } : { state: "not-used", detail: "No user is given." });
  }

  #reached(): void {
    this.#done.set("address", { state: "ok", detail: `${hostsOf(this.#settings.uri)} answers.` });
    const encrypted = isEncrypted(this.#settings);
    this.#done.set(
      "tls",
      encrypted
        ? { state: "ok", detail: "The connection is encrypted." }
        : { state: "not-used", detail: "The connection is not encrypted." },
    );
  }

  async #version(db: Db): Promise<void> {
    this.#now = "version";
    const version = await versionOf(db);
    this.#server = { name: "MongoDB", version };
    if (!(majorOf(version) >= OLDEST_MAJOR)) throw new TooOld();
    const recent = majorOf(version) >= WANTED_MAJOR;
    this.#done.set("version", {
      state: "ok",
      detail: `MongoDB ${version}${recent ? "" : `: it works; ${WANTED_MAJOR} or later is advised`}.`,
    });
  }

  #fail(error: unknown): void {
    const named = this.#settings.user !== null;
    const cause = error instanceof TooOld ? "version" : causeOfMongo(error, { encrypted: isEncrypted(this.#settings), named });
    const step = STEP_OF[cause] ?? this.#now;
    // Where there is no client yet, a file of ours is at fault and nobody has been asked.
    if (this.#now === "address" && step !== "address" && this.#client !== null) {
      this.#reached();
      if (step !== "tls" && step !== "credentials") this.#done.set("credentials", { state: "not-tried", detail: "" });
    }
    const said = step === "credentials" && !named ? "The server wants a user and password." : FAILED[step];
    const code = rootCode(error);
    this.#done.set(step, { state: "failed", detail: code === null ? said : `${said} (${code})` });
  }

  /** What is not done by now is not waited for. */
  end(): void {
    this.#client?.close(true).catch(() => undefined);
    const failed = [...this.#done.values()].some((step) => step.state === "failed");
    if (!failed && !this.#done.has("rights"))
      this.#done.set(this.#now, { state: "failed", detail: `${FAILED[this.#now]} It took too long.` });
  }

  report(): ConnectionReport {
    const failedAt = ORDER.findIndex((step) => this.#done.get(step)?.state === "failed");
    const steps = ORDER.map((step, index): Step => {
      const done = failedAt >= 0 && index > failedAt ? undefined : this.#done.get(step);
      return { step, ...(done ?? { state: "not-tried", detail: "" }) };
    });
    return { ok: failedAt < 0, steps, server: this.#server };
  }
}

/** The hosts that a connection string names, without what may stand before them. */
function hostsOf(uri: string): string {
  return /^mongodb(?:\+srv)?:\/\/(?:[^/]*@)?([^@/?]+)/.exec(uri)?.[1] ?? "The server";
}

class TooOld extends Error {}

async function tried(db: Db): Promise<void> {
  const probe = db.collection(`pc_probe_${randomBytes(6).toString("hex")}`);
  try {
    await tryRights(probe);
  } finally {
    await probe.drop().catch(() => undefined);
  }
}
