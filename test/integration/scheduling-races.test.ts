import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openBareStores } from "./care-world.ts";
import { describeSchedulingRaces } from "./scheduling-races.contract.ts";

describeSchedulingRaces(async () => {
  const folder = await mkdtemp(join(tmpdir(), "polyclinic-races-"));
  const stores = await openBareStores(folder);
  return {
    stores,
    async close() {
      await stores.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
});
