import type { ServerSettings } from "@main/platform/server-settings.ts";
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
import { readsOnServers, searchOnServers, writesOnServers } from "./scenarios/servers-routes.ts";
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
/** Samples that a server of half a gigabyte, which keeps all of it in memory, is given. */
const IN_MEMORY = 100_000;

type Tell = (figure: Figure) => void;

/** What was measured, and which scenarios could not be, in words. */
export interface Measured {
  figures: Figure[];
  failed: string[];
}

/**
 * Measures what is on servers, on the given ones. Tells each figure as soon as it is there. `startAnew` starts anew what was started for it, between
 * clinics: mongo-java-server keeps every change that it has ever seen in memory, and is slowed down by it.
 */
export function measureServers(quick: boolean, tell: Tell, startAnew: () => Promise<void>): Promise<Measured> {
  return measure(quick ? QUICK : FULL, tell, startAnew);
}

/** The same for any amounts. */
export async function measure(amounts: Amounts, tell: Tell, startAnew: () => Promise<void>): Promise<Measured> {
  const { turns } = amounts;
  const documents = await documentEngine();
  const { measured, take } = recorder(tell);
  await take("SQLite", "vitals", () => vitalsOnSqlite(amounts.vitals, turns));
  await take(documents, "vitals", () => onOwnDatabase((servers) => vitalsOf(documents, servers, amounts)));
  await startAnew();
  const before = await withClinic(amounts.small, async (clinic, raw) => {
    await take("Neo4j", "import", async () => [imported(clinic)]);
    const lists = await timeLists(clinic, turns);
    await take("Neo4j", "reads", () => readsOnServers(clinic, raw, turns));
    await take("Neo4j", "search", () => searchOnServers(clinic, raw, turns));
    await take("Neo4j", "writes", () => writesOnServers(clinic, raw, turns));
    await take("Neo4j", "chart", () => chart(clinic, turns));
    await take(documents, "documents", () => documentsOnServers(clinic, raw, turns));
    await take("Neo4j", "files", () => filesOnServers(clinic, raw, amounts.file));
    await take(documents, "events", () => eventsOnServers(clinic, amounts.events));
    await research(clinic, raw);
    await take("Neo4j", "bookings", () => booking(clinic, { ...amounts.booking, goal: null }));
    return lists;
  });
  await startAnew();
  await withClinic(amounts.large, async (clinic, raw) => {
    await take("Neo4j", "import", async () => [imported(clinic)]);
    await take("Neo4j", "growth", async () => growthBetween(before, await timeLists(clinic, turns)));
    await research(clinic, raw);
    await take("servers", "cold start", () => coldStartOnServers(clinic, 3));
  });
  const { moved } = amounts;
  if (moved !== null) {
    await startAnew();
    await take("servers", "move", () => onOwnDatabase((servers) => migrateClinic(moved, servers, () => undefined)));
  }
  return measured;

  async function research(clinic: ServerClinic, raw: RawServers): Promise<void> {
    if (clinic.patients !== amounts.researched) return;
    await take("Neo4j", "research", () => researchOnServers(clinic, raw, Math.ceil(turns / 4)));
  }
}

/** Tells figures under the name of their engine; a scenario that fails is noted, and the others go on. */
function recorder(tell: Tell) {
  const measured: Measured = { figures: [], failed: [] };
  const take = async (engine: string, what: string, scenario: () => Promise<Figure[]>): Promise<void> => {
    try {
      for (const figure of await scenario()) {
        const named = { ...figure, name: `${engine}: ${figure.name}` };
        measured.figures.push(named);
        tell(named);
      }
    } catch (error) {
      measured.failed.push(`${engine}: ${what}: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
    }
  };
  return { measured, take };
}

/** What stands in for MongoDB keeps all in memory and looks through all samples for those of an hour: it takes fewer, and has no goals. */
async function vitalsOf(engine: string, servers: ServerSettings, { vitals, turns }: Amounts): Promise<Figure[]> {
  if (engine === "MongoDB") return vitalsOnMongo(servers, vitals, turns);
  const figures = await vitalsOnMongo(servers, { ...vitals, samples: Math.min(IN_MEMORY, vitals.samples) }, Math.ceil(turns / 10));
  return figures.map(({ goal: _goal, ...figure }) => figure);
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

async function onOwnDatabase<T>(work: (servers: ServerSettings) => Promise<T>): Promise<T> {
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
