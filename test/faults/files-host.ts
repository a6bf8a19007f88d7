import { writeSync } from "node:fs";
import { startHost } from "../../src/main/app/host-server.ts";
import { openWorld } from "../world/open-world.ts";

/** A host on a folder, in a process of its own. Prints its address, then, ten times a second, the memory it has in use. */
export async function main(folder: string): Promise<void> {
  const world = await openWorld({ folder });
  const { url } = await startHost({ app: world.app, port: 0 });
  writeSync(1, `${url}\n`);
  setInterval(() => writeSync(1, `rss ${process.memoryUsage.rss()}\n`), 50);
}
