import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dropDatabase, ownServers } from "../world/on-servers.ts";
import { openBareStores } from "./care-world.ts";
import { describeSchedulingRaces } from "./scheduling-races.contract.ts";

describeSchedulingRaces(async () => {
  const folder = await mkdtemp(join(tmpdir(), "polyclinic-races-"));
  const servers = await ownServers();
  const stores = await openBareStores(folder, servers);
  await stores.prepare();
  return {
    stores,
    async close() {
      await stores.close();
      await dropDatabase(servers);
      await rm(folder, { recursive: true, force: true });
    },
  };
});
