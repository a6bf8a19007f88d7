import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEventBus } from "@main/app/event-bus.ts";
import { collections, type UserDocument, users as usersSpec } from "@main/data/documents/collections.ts";
import type { Collection, CollectionSpec, Document, DocumentPort } from "@main/data/documents/port.ts";
import { openSqliteDocuments } from "@main/data/documents/sqlite.ts";
import { createMessaging } from "@main/features/messaging/index.ts";
import { createNotifications } from "@main/features/notifications/index.ts";
import type { EventBus } from "@main/platform/events.ts";
import { systemIds } from "@main/platform/ids.ts";
import { createLog } from "@main/platform/pino-log.ts";
import type { RequestContext, UserViewer } from "@main/platform/request.ts";
import { AppError } from "@shared/define.ts";
import { createTestClock } from "../world/test-clock.ts";
import { viewer } from "./care-world.ts";

/** What goes wrong, after so many writes: the write fails, or its answer is lost; `crash` ends the process there. */
export interface Fault {
  kind: "fails" | "answer-lost";
  crash: boolean;
  after: number;
}

const WRITES = ["insert", "update", "updateMany", "put", "delete"] as const;
const unavailable = () => new AppError("store-unavailable", "The store is away.");

/** The documents as one process has them: its writes can fail, and once it has crashed nothing of it is answered any more. */
function faulty(documents: DocumentPort): DocumentPort & { plan: Fault | null; crashed: boolean } {
  const process = {
    ...documents,
    plan: null as Fault | null,
    crashed: false,
    collection<T extends Document>(spec: CollectionSpec<T>): Collection<T> {
      const real = documents.collection(spec) as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
      const wrapped = Object.entries(real).map(([name, method]) => {
        const isWrite = (WRITES as readonly string[]).includes(name);
        return [name, (...args: unknown[]) => attempt(isWrite, () => method(...args))];
      });
      return Object.fromEntries(wrapped) as unknown as Collection<T>;
    },
  };
  async function attempt(isWrite: boolean, work: () => Promise<unknown>): Promise<unknown> {
    if (process.crashed) throw unavailable();
    const { plan } = process;
    if (!isWrite || !plan) return work();
    plan.after -= 1;
    if (plan.after >= 0) return work();
    process.plan = null;
    process.crashed ||= plan.crash;
    if (plan.kind === "answer-lost") await work();
    throw unavailable();
  }
  return process;
}

export interface Talkers {
  people: UserViewer[];
  clock: ReturnType<typeof createTestClock>;
  /** The messaging of the process that runs now. */
  readonly handlers: ReturnType<typeof createMessaging>["handlers"];
  readonly inbox: ReturnType<typeof createNotifications>["handlers"];
  readonly bus: EventBus;
  fault(plan: Fault): void;
  context(person: UserViewer): RequestContext;
  /** Does it as a client does: again and again, through restarts, until it is answered. */
  insist<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Three of the staff on a real document store, before a process that fails and crashes as it is told. */
export async function openTalkers(): Promise<Talkers> {
  const folder = await mkdtemp(join(tmpdir(), "polyclinic-chat-"));
  const clock = createTestClock("2026-03-03T08:00:00.000Z");
  const store = await openSqliteDocuments({ folder, specs: collections, clock });
  const people = ["doctor", "nurse", "lab"].map((role) => viewer([role as "doctor"]));
  await Promise.all(people.map((person) => store.collection(usersSpec).insert(account(person))));
  let running = await start();
  let closed = false;

  async function start() {
    const documents = faulty(store);
    const bus = createEventBus(clock);
    const log = createLog({ level: "silent" });
    const notifications = createNotifications({ documents, ids: systemIds, events: bus });
    const beyond = new Proxy(
      {},
      { get: () => () => Promise.reject(new Error("staff among themselves needs no graph, pictures or files")) },
    );
    const none = { list: async () => [] };
    const messaging = createMessaging({
      ...{ documents, clock, ids: systemIds, events: bus, log, notifier: notifications.notifier, blobs: none as never },
      ...{ graph: beyond as never, images: beyond as never, care: beyond as never, chartFiles: beyond as never },
    });
    await messaging.recover();
    return { documents, bus, messaging, inbox: notifications.handlers };
  }
  let restarting: Promise<void> | null = null;
  async function restart(): Promise<void> {
    // A restart takes time: the numbers of a process's events begin at its clock.
    if (restarting === null) clock.advance(1);
    restarting ??= start().then((next) => {
      running = next;
      restarting = null;
    });
    await restarting;
  }

  return {
    people,
    clock,
    get handlers() {
      return running.messaging.handlers;
    },
    get inbox() {
      return running.inbox;
    },
    get bus() {
      return running.bus;
    },
    fault(plan) {
      running.documents.plan = { ...plan };
    },
    context: (person) => ({ ...contextOf(person), clock }),
    async insist(work) {
      for (;;) {
        try {
          return await work();
        } catch (error) {
          // A story that has failed does not wait for what was on its way.
          if (closed || !(error instanceof AppError) || error.code !== "store-unavailable") throw error;
          if (running.documents.crashed) await restart();
        }
      }
    },
    async close() {
      closed = true;
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function contextOf(person: UserViewer): Omit<RequestContext, "clock"> {
  const origin = { transport: "internal", address: "internal", userAgent: "test" } as const;
  return { viewer: person, requestId: "test", signal: new AbortController().signal, about: () => undefined, origin };
}

function account({ userId, username, displayName, roles }: UserViewer): UserDocument {
  return {
    ...{ id: userId, username: `${username}-${userId}`, displayName, passwordHash: "", mustChangePassword: false, roles: [...roles] },
    ...{ externalId: null, photo: null, locale: "en", status: "active", createdAt: "2026-01-01T00:00:00.000Z" },
    ...{ lastSignInAt: null, version: 1, sample: false },
  };
}
