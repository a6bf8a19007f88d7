import type { RouteOutput } from "@renderer/lib/api.ts";

export type MedicalFile = RouteOutput<"files", "listFiles">["items"][number];
