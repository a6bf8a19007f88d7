import { writeSync } from "node:fs";
import type { UserViewer } from "../../src/main/platform/request.ts";
import { openWorld } from "../world/open-world.ts";

/** Texts that are sent at the same time by each of the two. */
const LANES = 3;

/**
 * The two of a conversation write, several texts at a time, and read, until they are killed. Prints `sent CLIENTID SEQ` for each
 * answer, which is what must be there afterwards, exactly once. Every third text is sent twice, as a screen does that heard nothing.
 */
export async function main(folder: string, conversationId: string, people: string, run: string): Promise<void> {
  const world = await openWorld({ folder, liftRateLimits: true });
  const both = JSON.parse(people) as UserViewer[];
  writeSync(1, "ready\n");
  const lane = async (person: UserViewer, number: number) => {
    const call = world.as(person);
    for (let round = 0; ; round += 1) {
      const clientId = `kill-${run}-${number}-${round}`;
      const send = () => call("messaging", "sendText", { conversationId, text: `text of ${clientId}`, clientId });
      const answers = await Promise.all(round % 3 === 0 ? [send(), send()] : [send()]);
      for (const { seq } of answers) writeSync(1, `sent ${person.userId} ${clientId} ${seq}\n`);
      if (round % 5 === 0) await call("messaging", "markRead", { conversationId, seq: answers[0]?.seq ?? 0 });
    }
  };
  await Promise.all(both.flatMap((person) => Array.from({ length: LANES }, (_, number) => lane(person, number))));
}
