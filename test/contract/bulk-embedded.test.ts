import { embeddedBulk } from "@main/data/graph/embedded-bulk.ts";
import { migrateGraph } from "@main/data/migrations/graph-migrations.ts";
import { systemClock } from "@main/platform/clock.ts";
import { bulkContract } from "./bulk.contract.ts";
import { graphFolder, openGraphIn } from "./embedded-graph.ts";

bulkContract("the embedded engine", async () => {
  const { folder, remove } = await graphFolder();
  const graph = await openGraphIn(folder);
  await migrateGraph(graph, systemClock);
  return {
    graph,
    bulk: embeddedBulk(graph),
    close: async () => {
      await graph.close();
      await remove();
    },
  };
});
