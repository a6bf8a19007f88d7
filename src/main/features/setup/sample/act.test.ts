import type { UserViewer } from "@main/platform/request.ts";
import { describe, expect, it } from "vitest";
import type { CallRoute } from "../needs.ts";
import { createAct } from "./act.ts";

const AT = "2026-03-03T08:00:00.000Z";
const viewer = { kind: "user", userId: "u" } as UserViewer;

describe("an act of the sample's history", () => {
  it("happens at its own instant, with more time than a person would wait, until the loading is ended", async () => {
    const calls: { route: string; now: string; deadlineMs: number | undefined; signal: AbortSignal | undefined }[] = [];
    const call = (async (_domain: string, route: string, _input: object, { clock, deadlineMs, signal }: Parameters<CallRoute>[3]) => {
      calls.push({ route, now: clock.now(), deadlineMs, signal });
      return { id: "DP000001" };
    }) as unknown as CallRoute;
    const loading = new AbortController();
    const act = createAct(call, loading.signal);
    await act(viewer, AT, "clinic", "createDepartment", { name: "General" });
    loading.abort();
    await expect(act(viewer, AT, "clinic", "createDepartment", { name: "Another" })).rejects.toMatchObject({ code: "timeout" });
    expect(calls).toEqual([{ route: "createDepartment", now: AT, deadlineMs: 60_000, signal: loading.signal }]);
  });
});
