import { migrateGraph } from "@main/data/migrations/graph-migrations.ts";
import { systemClock } from "@main/platform/clock.ts";
import { graphFolder, openGraphIn } from "./embedded-graph.ts";
import { graphContract } from "./graph.contract.ts";

graphContract("the embedded engine", "snapshot", async (options) => {
  const { folder, remove } = await graphFolder();
  const graph = await openGraphIn(folder, options);
  await migrateGraph(graph, systemClock);
  return {
    graph,
    close: async () => {
      await graph.close();
      await remove();
    },
  };
});
