import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { UserViewer } from "@main/platform/request.ts";
import { describe, expect, it } from "vitest";
import { openWorld, type World } from "../world/open-world.ts";
import { readLines } from "./child-lines.ts";

/** `CHAT_KILLS=200 npx vitest run test/faults/chat-kill.test.ts` for the long run. */
const KILLS = Number(process.env.CHAT_KILLS ?? 8);
const RUN = fileURLToPath(new URL("../world/run-module.ts", import.meta.url));
const WRITER = fileURLToPath(new URL("./chat-writer.ts", import.meta.url));

describe("kill -9 while two people write to each other", () => {
  it(`keeps every acknowledged message exactly once and in its place in ${KILLS} kills of the process`, {
    timeout: 60_000 + KILLS * 20_000,
  }, async () => {
    const folder = await mkdtemp(join(tmpdir(), "polyclinic-chat-kill-"));
    let world = await openWorld({ folder });
    const { users } = await world.clinicWith();
    const people: UserViewer[] = [users.doctor, users.nurse];
    const { id } = await world.call("messaging", "openConversation", { userId: users.nurse.userId }, users.doctor);
    await world.close();
    const acknowledged = new Map<string, number>();
    for (let kill = 0; kill < KILLS; kill += 1) {
      const child = spawn(process.execPath, [RUN, WRITER, folder, id, JSON.stringify(people), String(kill)], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const lines = readLines(child);
      expect(await lines.first).toBe("ready");
      await sleep(150 + Math.random() * 400);
      child.kill("SIGKILL");
      await lines.ended;
      for (const line of lines.all) {
        const [what, userId, clientId, seq] = line.split(" ");
        if (what !== "sent") continue;
        const mark = `${userId} ${clientId}`;
        // A retry told the same place.
        expect(acknowledged.get(mark) ?? Number(seq)).toBe(Number(seq));
        acknowledged.set(mark, Number(seq));
      }
    }
    world = await openWorld({ folder });
    const kept = await readBack(world, id, users.nurse);
    expect(kept.map(({ seq }) => seq)).toEqual(kept.map((_, at) => at + 1));
    expect(new Set(kept.map(({ mark }) => mark)).size).toBe(kept.length);
    const places = new Map(kept.map(({ mark, seq }) => [mark, seq]));
    expect([...acknowledged].filter(([mark, seq]) => places.get(mark) !== seq)).toEqual([]);
    expect(acknowledged.size).toBeGreaterThan(KILLS);
    for (const person of people) {
      const { items } = await world.call("messaging", "listConversations", {}, person);
      const read = new Map<string, number>(items[0]?.read.map((each) => [each.userId, each.seq]));
      expect(items).toMatchObject([{ id, seq: kept.length, unread: kept.length - (read.get(person.userId) ?? 0) }]);
      const own = kept.filter(({ mark }) => mark.startsWith(person.userId)).at(-1)?.seq ?? 0;
      expect(read.get(person.userId)).toBeGreaterThanOrEqual(own);
    }
    expect(await world.call("reports", "verifyAudit", {}, users.admin)).toMatchObject({ ok: true });
    await world.close();
    await rm(folder, { recursive: true, force: true });
    console.info(`chat: ${KILLS} processes killed, ${acknowledged.size} messages acknowledged, ${kept.length} kept, 0 lost or doubled`);
  });
});

/** The whole conversation as the routes tell it. */
async function readBack(world: World, id: string, viewer: UserViewer) {
  const kept: { seq: number; mark: string }[] = [];
  for (;;) {
    const page = await world.call("messaging", "listMessages", { conversationId: id, after: kept.length, limit: 200 }, viewer);
    kept.push(...page.items.map(({ seq, senderId, clientId }) => ({ seq, mark: `${senderId} ${clientId}` })));
    if (!page.hasLater) return kept;
  }
}
