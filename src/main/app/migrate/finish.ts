import { writeDataFormat } from "../../data/data-format.ts";
import { endMove, markMoved } from "../../data/move-marks.ts";
import { markServers, unmarkServers } from "./marks.ts";
import type { MigrateOptions } from "./migrate.ts";
import type { Place } from "./place.ts";

export interface Finishing {
  options: MigrateOptions;
  servers: Place;
  /** The move's. */
  id: string;
  /** The servers in words. */
  name: string;
}

/**
 * Says everywhere that the clinic lives in its new place; done again, it says the same. First the place that is left is closed, then the new
 * one is opened: at no moment both are in force.
 */
export async function finishMove({ options, servers, id, name }: Finishing): Promise<void> {
  const { to, folder, clock, say } = options;
  if (to === "servers") {
    await markMoved(folder, clock.now(), name);
    await unmarkServers(servers);
  } else {
    await markServers(servers, { state: "away", id });
    await writeDataFormat(folder);
  }
  for (const line of await options.configure(to)) say(line);
  await endMove(folder);
}
