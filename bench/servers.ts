import { MongoClient } from "mongodb";
import { givenServers, ownDatabase } from "../test/servers/given.ts";
import { dropDatabase, onGivenServers } from "../test/world/on-servers.ts";
import type { Figure } from "./measure.ts";
import { openRawServers, type RawServers } from "./raw-servers.ts";
import { booking } from "./scenarios/booking.ts";
import { chart } from "./scenarios/lists.ts";
import { migrateClinic } from "./scenarios/migrate.ts";
import { eventsOnServers } from "./scenarios/servers-events.ts";
import { growthBetween, timeLists } from "./scenarios/servers-growth.ts";
import { researchOnServers } from "./scenarios/servers-research.ts";
import { routesOnServers } from "./scenarios/servers-routes.ts";
import { documentsOnServers, filesOnServers } from "./scenarios/servers-stores.ts";
import { vitalsOnMongo, vitalsOnSqlite } from "./scenarios/servers-vitals.ts";
import { coldStartOnServers } from "./scenarios/start.ts";
import { openServerClinic, type ServerClinic } from "./server-clinic.ts";

/** How much of everything is done. */
export interface Amounts {
  small: number;
  large: number;
  /** The clinic whose research is measured: the small or the large one. */
  researched: number;
  turns: number;
  file: { megabytes: number; turns: number };
  events: number;
  booking: { bookings: number; rounds: number };
  vitals: { samples: number; seconds: number };
  /** Patients that move to the servers and back; null leaves it out. */
  moved: number | null;
}

const QUICK: Amounts = {
  ...{ small: 1_000, large: 10_000, researched: 10_000, turns: 60, events: 60, moved: null },
  file: { megabytes: 20, turns: 3 },
  booking: { bookings: 500, rounds: 20 },
  vitals: { samples: 1_000_000, seconds: 120 },
};
const FULL: Amounts = {
  ...{ small: 10_000, large: 100_000, researched: 10_000, turns: 400, events: 200, moved: 10_000 },
  file: { megabytes: 100, turns: 5 },
  booking: { bookings: 2_000, rounds: 200 },
  vitals: { samples: 50_000_000, seconds: 180 },
};
/** A server that keeps all of it in half a gigabyte of memory takes no more. */
const IN_MEMORY = 100_000;

type Tell = (figure: Figure) => void;

/** Measures what is on servers, on the given ones. Tells each figure as soon as it is there. */
export function measureServers(quick: boolean, tell: Tell): Promise<Figure[]> {
  return measure(quick ? QUICK : FULL, tell);
}

/** The same for any amounts. */
export async function measure(amounts: Amounts, tell: Tell): Promise<Figure[]> {
  const documents = await documentEngine();
  const figures: Figure[] = [];
  const take = (engine: string, more: readonly Figure[]) => {
    for (const figure of more) {
      const named = { ...figure, name: `${engine}: ${figure.name}` };
      figures.push(named);
      tell(named);
    }
  };
  const vitals = documents === "MongoDB" ? amounts.vitals : { ...amounts.vitals, samples: Math.min(IN_MEMORY, amounts.vitals.samples) };
  take("SQLite", await vitalsOnSqlite(amounts.vitals, amounts.turns));
  const onMongo = await onOwnDatabase((servers) => vitalsOnMongo(servers, vitals, amounts.turns));
  // What stands in for MongoDB looks through all samples for those of an hour: the goals are not its own.
  take(documents, documents === "MongoDB" ? onMongo : onMongo.map(({ goal: _goal, ...figure }) => figure));
  const before = await withClinic(amounts.small, async (clinic, raw) => {
    take("Neo4j", [imported(clinic)]);
    const lists = await timeLists(clinic, amounts.turns);
    take("Neo4j", await routesOnServers(clinic, raw, amounts.turns));
    take("Neo4j", await chart(clinic, amounts.turns));
    take(documents, await documentsOnServers(clinic, raw, amounts.turns));
    take("Neo4j", await filesOnServers(clinic, raw, amounts.file));
    take(documents, await eventsOnServers(clinic, amounts.events));
    await research(clinic, raw);
    take("Neo4j", await booking(clinic, { ...amounts.booking, goal: null }));
    return lists;
  });
  await withClinic(amounts.large, async (clinic, raw) => {
    take("Neo4j", [imported(clinic)]);
    take("Neo4j", growthBetween(before, await timeLists(clinic, amounts.turns)));
    await research(clinic, raw);
    take("servers", await coldStartOnServers(clinic, 3));
  });
  const { moved } = amounts;
  if (moved !== null) take("servers", await onOwnDatabase((servers) => migrateClinic(moved, servers, () => undefined)));
  return figures;

  async function research(clinic: ServerClinic, raw: RawServers): Promise<void> {
    if (clinic.patients === amounts.researched) take("Neo4j", await researchOnServers(clinic, raw, Math.ceil(amounts.turns / 4)));
  }
}

/** What speaks MongoDB's protocol here: only MongoDB itself tells of its storage engines. */
async function documentEngine(): Promise<"MongoDB" | "mongo-java-server"> {
  const client = new MongoClient(givenServers().mongodb.uri);
  try {
    return "storageEngines" in (await client.db("admin").command({ buildInfo: 1 })) ? "MongoDB" : "mongo-java-server";
  } finally {
    await client.close();
  }
}

async function withClinic<T>(patients: number, work: (clinic: ServerClinic, raw: RawServers) => Promise<T>): Promise<T> {
  const clinic = await openServerClinic(patients);
  try {
    const raw = await openRawServers(clinic.servers);
    try {
      return await work(clinic, raw);
    } finally {
      await raw.close();
    }
  } finally {
    await clinic.close();
  }
}

async function onOwnDatabase<T>(work: (servers: ReturnType<typeof onGivenServers>) => Promise<T>): Promise<T> {
  const servers = onGivenServers(ownDatabase());
  try {
    return await work(servers);
  } finally {
    await dropDatabase(servers);
  }
}

function imported({ patients, filled: { seconds, things } }: ServerClinic): Figure {
  const note = `${Math.round(things / seconds).toLocaleString("en")} nodes, relationships and documents a second`;
  return { name: `import of ${patients.toLocaleString("en")} patients`, value: seconds, unit: "s", note };
}
