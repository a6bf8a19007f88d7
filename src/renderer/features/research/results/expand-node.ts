import { callRoute } from "@renderer/lib/api.ts";
import { PICTURE_NODES_MAX } from "@shared/model/research-limits.ts";

/** Neighbours that come at once: more would hide what was there. */
const NEIGHBOURS = 100;

/** The neighbours of a node of the picture, with their edges to the nodes that are in it. */
export function expandNode(nodeId: string, among: readonly string[]) {
  return callRoute("research", "expand", { nodeId, among: among.slice(0, PICTURE_NODES_MAX), limit: NEIGHBOURS });
}
