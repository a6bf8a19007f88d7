import type { Collection, Db, Filter } from "mongodb";
import type { RelayedEvent } from "../relay/port.ts";

/** Events are kept for so long: who was away longer is told of a gap. */
export const KEPT_MS = 600_000;

/** An event on its way, under its sender's next number. Without an item it says that what came before it is not whole. */
export interface EventDocument {
  /** `<sender>|<n>`: a number is given once, so what is sent again is known. */
  _id: string;
  /** One run of one workstation. */
  sender: string;
  workstation: string;
  n: number;
  /** The server's time, about: what is old is removed by it. */
  at: Date;
  item: RelayedEvent | null;
  /** The run's last word: nothing of it is on its way any more. */
  bye: boolean;
}

export const eventsOf = (db: Db): Collection<EventDocument> => db.collection<EventDocument>("events");

/** Makes the indexes of the log; `ttl`: the server removes what is old by itself. */
export async function prepareEvents(events: Collection<EventDocument>, ttl: boolean): Promise<void> {
  await events.createIndex({ sender: 1, n: 1 }, { name: "pc_order", unique: true });
  await events.createIndex({ at: 1 }, { name: "pc_old", ...(ttl ? { expireAfterSeconds: KEPT_MS / 1000 } : {}) });
}

/** Whether the last run of a workstation before this one ended with events on its way. */
export async function endedOpen(events: Collection<EventDocument>, workstation: string): Promise<boolean> {
  const last = await events.findOne({ workstation: { $eq: workstation } }, { sort: { at: -1, n: -1 } });
  return last !== null && !last.bye;
}

/** The number that each sender has come to. */
export async function headsOf(events: Collection<EventDocument>): Promise<Map<string, number>> {
  const heads = new Map<string, number>();
  for (const sender of await events.distinct("sender")) {
    const last = await events.findOne({ sender: { $eq: sender } }, { sort: { n: -1 }, projection: { n: 1 } });
    if (last) heads.set(sender, last.n);
  }
  return heads;
}

/** What others have sent behind the numbers that are known, each sender's in order. */
export function behindHeads(events: Collection<EventDocument>, own: string, heads: ReadonlyMap<string, number>): Promise<EventDocument[]> {
  const known: Filter<EventDocument>[] = [...heads].map(([sender, n]) => ({ sender: { $eq: sender }, n: { $gt: n } }));
  return events
    .find({ $or: [...known, { sender: { $nin: [own, ...heads.keys()] } }] })
    .sort({ sender: 1, n: 1 })
    .toArray();
}
