import type { RouteOutput } from "@renderer/lib/api.ts";

export type { Card, GraphEdge, GraphNode, GraphPicture, PlanStep, RunResult } from "@shared/contract/research.ts";
export type Schema = RouteOutput<"research", "getSchema">;
export type SavedQuery = RouteOutput<"research", "listSavedQueries">["items"][number];
export type HistoryItem = RouteOutput<"research", "listHistory">["items"][number];
/** One value of a row: JSON, or something of the graph. */
export type Cell = RouteOutput<"research", "readRows">["rows"][number][number];
export type Row = readonly Cell[];
export const VIEWS = ["graph", "table", "both", "json", "plan"] as const;
export type View = (typeof VIEWS)[number];
export type SideTab = "history" | "saved" | "examples";
