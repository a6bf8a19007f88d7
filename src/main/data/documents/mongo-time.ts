import type { Db } from "mongodb";

/** The server's own time, in milliseconds since 1970: what several workstations compare, whatever their clocks show. */
export async function serverNow(db: Db): Promise<number> {
  const { localTime } = await db.command({ hello: 1 }).catch(() => db.command({ isMaster: 1 }));
  if (!(localTime instanceof Date)) throw new Error("MongoDB does not tell its time.");
  return localTime.getTime();
}
