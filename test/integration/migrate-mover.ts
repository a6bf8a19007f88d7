import { writeSync } from "node:fs";
import type { ServerSettings } from "../../src/main/platform/server-settings.ts";
import { move } from "./migrate-world.ts";

/** Moves the clinic of a folder to servers, and is killed when so many pages have arrived. Prints each page's step. */
export async function main(folder: string, servers: string, killAt: string): Promise<void> {
  let pages = 0;
  await move("servers", folder, JSON.parse(servers) as ServerSettings, {
    say: (line) => void writeSync(1, `${line}\n`),
    async onPage(step) {
      pages += 1;
      writeSync(1, `page ${pages} ${step}\n`);
      if (pages === Number(killAt)) process.kill(process.pid, "SIGKILL");
      // The signal takes a moment: nothing more may happen until it is there.
      if (pages >= Number(killAt)) await new Promise(() => undefined);
    },
  });
}
