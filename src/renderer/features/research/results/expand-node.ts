import { callRoute } from "@renderer/lib/api.ts";
import { useConsole } from "../console-store.ts";

/** Neighbours that come at once: more would hide what was there. */
const NEIGHBOURS = 100;

/** The neighbours of a node of the picture, with the edges to what the result shows. */
export function expandNode(nodeId: string) {
  const nodes = useConsole.getState().answered?.result.graph.nodes ?? [];
  return callRoute("research", "expand", { nodeId, among: nodes.map(({ id }) => id), limit: NEIGHBOURS });
}
