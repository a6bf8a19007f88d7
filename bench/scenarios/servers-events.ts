import { randomUUID } from "node:crypto";
import { type MongoServer, openMongo } from "@main/data/documents/mongo.ts";
import { mongoRelay } from "@main/data/documents/mongo-relay.ts";
import { systemClock } from "@main/platform/clock.ts";
import { EVERYONE } from "@main/platform/events.ts";
import { createLog } from "@main/platform/pino-log.ts";
import type { NumberedEvent } from "@shared/contract/events.ts";
import { sameAs } from "../../test/world/on-servers.ts";
import { openWorld } from "../../test/world/open-world.ts";
import { BUSY_DAY, NOW } from "../clinic.ts";
import { type Figure, spread } from "../measure.ts";
import type { ServerClinic } from "../server-clinic.ts";

const PATIENCE_MS = 20_000;
/** Between two events: not a part of the pause between two looks of who polls. */
const PAUSE_MS = 37;
const GOAL = { atMost: 1_000 };

/** How long an event takes from one workstation to another on the same servers: by the way that they have, and by polling alone. */
export async function eventsOnServers(clinic: ServerClinic, count: number): Promise<Figure[]> {
  return [...(await betweenApps(clinic, count)), ...(await byPolling(clinic, count))];
}

/** From the application of one to somebody who listens at the application of the other. */
async function betweenApps(clinic: ServerClinic, count: number): Promise<Figure[]> {
  const { world } = clinic;
  const there = await openWorld({ servers: sameAs(clinic), clockAt: NOW });
  const gone = new AbortController();
  const told = collect(count);
  try {
    const viewer = await there.app.authenticate(clinic.token("reception"), there.clock);
    const context = { viewer, clock: there.clock, signal: gone.signal };
    const items = (await there.app.call("events", "subscribe", {}, context)) as AsyncGenerator<NumberedEvent>;
    const listening = (async () => {
      for await (const { event } of items) if (event?.type === "scheduling.dayChanged") told.heard(event.appointmentId);
    })();
    const delays = await told.sending((appointmentId) => world.app.announce(changed(appointmentId)));
    const health = await there.app.health();
    if (health.status !== "ok") throw new Error("The other workstation has lost its servers.");
    gone.abort();
    await listening;
    return [figure("event to another workstation, p99", delays, await wayOf(clinic))];
  } finally {
    gone.abort();
    await there.close();
  }
}

/** From one relay to another that both do without a change stream. */
async function byPolling({ servers }: ServerClinic, count: number): Promise<Figure[]> {
  const log = createLog({ level: "silent" });
  const ends = await Promise.all(
    ["first", "second"].map(async () => {
      const server = openMongo({ settings: servers.mongodb, log });
      await server.connect();
      const relay = mongoRelay({ server: withoutStreams(server), workstation: { id: randomUUID() }, log, clock: systemClock });
      return { relay, close: () => relay.close().then(() => server.close()) };
    }),
  );
  const [here, there] = ends;
  if (!here || !there) throw new Error("There are two workstations.");
  const told = collect(count);
  there.relay.listen((item) => {
    if (item !== "gap" && item.event.type === "scheduling.dayChanged") told.heard(item.event.appointmentId);
  });
  try {
    const delays = await told.sending((appointmentId) => here.relay.send({ event: changed(appointmentId), audience: EVERYONE }));
    return [figure("event to another workstation, polling, p99", delays, here.relay.way)];
  } finally {
    for (const { close } of ends) await close();
  }
}

const changed = (appointmentId: string) =>
  ({ type: "scheduling.dayChanged", day: BUSY_DAY, doctorId: "D000001", patientId: "P000001", appointmentId }) as const;

/** Sends numbered events and takes the time until each is heard. */
function collect(count: number) {
  const sent = new Map<string, number>();
  const delays: number[] = [];
  let listens = false;
  const until = async (holds: () => boolean, meanwhile: () => void = () => undefined) => {
    for (const giveUpAt = performance.now() + PATIENCE_MS; !holds(); meanwhile()) {
      if (performance.now() > giveUpAt) throw new Error("The events did not arrive.");
      await pause(PAUSE_MS);
    }
  };
  return {
    heard(appointmentId: string) {
      listens = true;
      const at = sent.get(appointmentId);
      if (at !== undefined) delays.push(performance.now() - at);
    },
    async sending(send: (appointmentId: string) => void): Promise<number[]> {
      await until(
        () => listens,
        () => send("A000001"),
      );
      for (let number = 0; number < count; number += 1) {
        const appointmentId = `A${String(500_000 + number).padStart(6, "0")}`;
        sent.set(appointmentId, performance.now());
        send(appointmentId);
        await pause(PAUSE_MS);
      }
      await until(() => delays.length >= count);
      return delays;
    },
  };
}

function figure(name: string, delays: readonly number[], way: string): Figure {
  const { p50, p99 } = spread(delays);
  return { name, value: p99, unit: "ms", goal: GOAL, note: `p50 ${p50.toFixed(1)} ms; ${delays.length} events by ${way}` };
}

async function wayOf({ servers }: ServerClinic): Promise<string> {
  const server = openMongo({ settings: servers.mongodb, log: createLog({ level: "silent" }) });
  try {
    await server.connect();
    return server.features().changeStreams ? "change stream" : "polling";
  } finally {
    await server.close();
  }
}

/** The same server as one that has no change streams. */
function withoutStreams(server: MongoServer): MongoServer {
  return {
    get state() {
      return server.state;
    },
    connect: () => server.connect(),
    db: () => server.db(),
    features: () => ({ ...server.features(), changeStreams: false }),
    onState: (listener) => server.onState(listener),
    run: (work) => server.run(work),
    transaction: (call, work) => server.transaction(call, work),
    unhurried: (work) => server.unhurried(work),
    close: () => server.close(),
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
