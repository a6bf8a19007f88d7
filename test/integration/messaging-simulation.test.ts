import type { UserViewer } from "@main/platform/request.ts";
import { AppError } from "@shared/define.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Fault, openTalkers, type Talkers } from "./messaging-model.ts";

/** `CHAT_RUNS=500 CHAT_SEED=1 npx vitest run test/integration/messaging-simulation.test.ts` for a long run, or to repeat one. */
const RUNS = Number(process.env.CHAT_RUNS ?? 40);
const SEED = Number(process.env.CHAT_SEED ?? Date.now() % 2_147_483_647);

interface Said {
  by: number;
  clientId: string;
  text: string;
  withdrawn: boolean;
}
/** A conversation as it must be. */
interface Model {
  id: string;
  who: [number, number];
  said: Said[];
  read: Map<number, number>;
}
/** What a screen has of a conversation, and up to which event. */
interface Screen {
  after: number | undefined;
  seen: Map<string, Map<number, string | null>>;
}

type Step =
  | { do: "send"; talk: number; side: number; times: number }
  | { do: "burst"; talk: number; sides: number[] }
  | { do: "resend"; talk: number; nth: number; changed: boolean }
  | { do: "read" | "unread"; talk: number; side: number; seq: number }
  | { do: "withdraw"; talk: number; nth: number }
  | { do: "clock"; hours: number }
  | { do: "fault"; fault: Fault }
  | { do: "sync"; who: number };

const talk = fc.nat(2);
const side = fc.nat(1);
const nth = fc.nat(30);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant("send" as const), talk, side, times: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("burst" as const), talk, sides: fc.array(side, { minLength: 2, maxLength: 8 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("resend" as const), talk, nth, changed: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom("read" as const, "unread" as const), talk, side, seq: fc.integer({ min: 1, max: 25 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("withdraw" as const), talk, nth }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("clock" as const), hours: fc.constantFrom(-24, -1, 1, 24) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("fault" as const),
      fault: fc.record({ kind: fc.constantFrom("fails" as const, "answer-lost" as const), crash: fc.boolean(), after: fc.nat(4) }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("sync" as const), who: fc.nat(2) }) },
);

let marks = 0;
const mark = () => `mark-${String(++marks).padStart(8, "0")}`;
const PAIRS: [number, number][] = [
  [0, 1],
  [0, 2],
  [1, 2],
];

/** The talkers, the model beside them, and a screen for each person. */
async function begin(world: Talkers) {
  const models: Model[] = [];
  for (const who of PAIRS) {
    const [a, b] = who.map((at) => world.people[at] as UserViewer) as [UserViewer, UserViewer];
    const { id } = await world.insist(() => world.handlers.openConversation({ userId: b.userId as never }, world.context(a)));
    models.push({ id, who, said: [], read: new Map(who.map((at) => [at, 0])) });
  }
  const screens: Screen[] = world.people.map(() => ({ after: undefined, seen: new Map() }));
  return { world, models, screens };
}
type Simulation = Awaited<ReturnType<typeof begin>>;

const person = ({ world }: Simulation, at: number) => world.people[at] as UserViewer;
const send = (s: Simulation, model: Model, said: Said) =>
  s.world.insist(() =>
    s.world.handlers.sendText(
      { conversationId: model.id as never, text: said.text, clientId: said.clientId },
      s.world.context(person(s, said.by)),
    ),
  );
const saying = (by: number): Said => {
  const clientId = mark();
  return { by, clientId, text: `text of ${clientId}`, withdrawn: false };
};
function append(model: Model, said: Said): void {
  model.said.push(said);
  model.read.set(said.by, model.said.length);
}
const codeOf = (error: unknown) => (error instanceof AppError ? error.code : String(error));

async function take(s: Simulation, step: Step): Promise<void> {
  const { world } = s;
  if (step.do === "fault") return world.fault(step.fault);
  if (step.do === "clock") return world.clock.advance(step.hours * 3600);
  if (step.do === "sync") return sync(s, step.who);
  const model = s.models[step.talk] as Model;
  switch (step.do) {
    case "send": {
      const said = saying(model.who[step.side] as number);
      // The first answer counts; the others are retries that were on their way.
      const answers = await Promise.all(Array.from({ length: step.times }, () => send(s, model, said)));
      append(model, said);
      expect(answers.map(({ seq }) => seq)).toEqual(answers.map(() => model.said.length));
      return;
    }
    case "burst": {
      const all = step.sides.map((at) => saying(model.who[at] as number));
      const answers = await Promise.all(all.map(async (said) => ({ said, seq: (await send(s, model, said)).seq })));
      const placed = answers.toSorted((a, b) => a.seq - b.seq);
      expect(placed.map(({ seq }) => seq)).toEqual(placed.map((_, at) => model.said.length + 1 + at));
      for (const { said } of placed) append(model, said);
      return;
    }
    case "resend": {
      const said = model.said[step.nth];
      if (!said) return;
      const again = send(s, model, step.changed ? { ...said, text: "another" } : said);
      if (step.changed && !said.withdrawn) expect(await again.then(() => "ok", codeOf)).toBe("conflict");
      else expect((await again).seq).toBe(step.nth + 1);
      return;
    }
    case "withdraw": {
      const said = model.said[step.nth];
      if (!said) return;
      const messageId = await idOf(s, model, step.nth + 1);
      const other = person(s, model.who.find((at) => at !== said.by) as number);
      const by = (viewer: UserViewer) =>
        world.insist(() => world.handlers.withdraw({ messageId: messageId as never }, world.context(viewer)));
      expect(await by(other).then(() => "ok", codeOf)).toBe("forbidden");
      expect((await by(person(s, said.by))).text).toBeNull();
      said.withdrawn = true;
      return;
    }
    default:
      return setRead(s, model, step);
  }
}

async function setRead(s: Simulation, model: Model, { do: what, side, seq }: Extract<Step, { do: "read" | "unread" }>): Promise<void> {
  const { world } = s;
  const by = model.who[side] as number;
  const input = { conversationId: model.id as never, seq };
  const context = world.context(person(s, by));
  const read = model.read.get(by) ?? 0;
  const call = world.insist(() => (what === "read" ? world.handlers.markRead(input, context) : world.handlers.markUnread(input, context)));
  if (what === "unread" && seq > model.said.length) {
    expect(await call.then(() => "ok", codeOf)).toBe("invalid-input");
    return;
  }
  const now = what === "read" ? Math.max(read, Math.min(seq, model.said.length)) : Math.min(read, seq - 1);
  model.read.set(by, now);
  expect((await call).unread).toBe(model.said.length - now);
  if (what === "unread" || now < model.said.length) return;
  const { items } = await world.insist(() => world.inbox.list({ unreadOnly: true }, context));
  expect(items.filter(({ subjectId }) => subjectId === model.id)).toEqual([]);
}

async function idOf(s: Simulation, model: Model, seq: number): Promise<string> {
  const { items } = await page(s, model.who[0], model.id, { after: seq - 1, limit: 1 });
  return items[0]?.id ?? "";
}
const page = (s: Simulation, who: number, id: string, range: { after: number; limit?: number }) =>
  s.world.insist(() => s.world.handlers.listMessages({ conversationId: id as never, ...range }, s.world.context(person(s, who))));

/** A screen that comes back: the events it missed, then what lies after what it has. */
async function sync(s: Simulation, who: number): Promise<void> {
  const screen = s.screens[who] as Screen;
  const missed = await eventsAfter(s, who, screen.after);
  screen.after = missed.at(-1)?.seq;
  if (missed.some(({ resync }) => resync)) screen.seen.clear();
  for (const model of s.models.filter((each) => each.who.includes(who))) {
    const seen = screen.seen.get(model.id) ?? new Map<number, string | null>();
    screen.seen.set(model.id, seen);
    const gone = missed.flatMap(({ event }) =>
      event?.type === "messaging.messageWithdrawn" && event.conversationId === model.id ? event.messageId : [],
    );
    for (let more = true; more; ) {
      const { items, hasLater } = await page(s, who, model.id, { after: seen.size, limit: 7 });
      for (const { seq, text } of items) seen.set(seq, text);
      more = hasLater;
    }
    if (gone.length > 0)
      for (const { seq, id, text } of (await page(s, who, model.id, { after: 0, limit: 200 })).items)
        if (gone.includes(id)) seen.set(seq, text);
    expect([...seen]).toEqual(model.said.map(({ text, withdrawn }, at) => [at + 1, withdrawn ? null : text]));
  }
}

async function eventsAfter(s: Simulation, who: number, after: number | undefined) {
  const stop = new AbortController();
  const events = [];
  const stream = s.world.bus.subscribe(person(s, who), after, stop.signal);
  for (;;) {
    const next = await Promise.race([stream.next(), new Promise<null>((resolve) => setTimeout(() => resolve(null), 2))]);
    if (next === null || next.done) break;
    events.push(next.value);
  }
  stop.abort();
  return events;
}

/** What both see is the model: order, texts, unread, and dates that never go back. */
async function compare(s: Simulation): Promise<void> {
  for (const [at] of s.world.people.entries()) {
    const { items, unread } = await s.world.insist(() => s.world.handlers.listConversations({}, s.world.context(person(s, at))));
    const expected = s.models.filter(({ who }) => who.includes(at));
    expect(items.map(({ id, seq, unread: left }) => [id, seq, left]).toSorted()).toEqual(
      expected.map(({ id, said, read }) => [id, said.length, said.length - (read.get(at) ?? 0)]).toSorted(),
    );
    expect(unread).toBe(items.reduce((sum, item) => sum + item.unread, 0));
    for (const { id, said } of expected) {
      const { items: messages } = await page(s, at, id, { after: 0, limit: 200 });
      expect(messages.map(({ seq, senderId, clientId, text }) => [seq, senderId, clientId, text])).toEqual(
        said.map(({ by, clientId, text, withdrawn }, nth) => [nth + 1, person(s, by).userId, clientId, withdrawn ? null : text]),
      );
      expect(messages.map(({ sentAt }) => sentAt)).toEqual(messages.map(({ sentAt }) => sentAt).toSorted());
    }
  }
}

async function run(steps: readonly Step[]): Promise<void> {
  const world = await openTalkers();
  try {
    const simulation = await begin(world);
    for (const each of steps) await take(simulation, each);
    await compare(simulation);
    for (const who of [0, 1, 2]) await sync(simulation, who);
  } finally {
    await world.close();
  }
}

describe("three people who write, retry, read, withdraw and reconnect while the store fails, processes crash and the clock jumps", () => {
  it(`see what the model says in ${RUNS} stories`, { timeout: 60_000 + RUNS * 3000 }, async () => {
    console.info(`chat simulation: seed ${SEED}, ${RUNS} stories`);
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40, size: "max" }), run), { numRuns: RUNS, seed: SEED });
  });

  it("lose and double nothing of 64 messages at once while the process crashes three times", { timeout: 60_000 }, async () => {
    const sides = Array.from({ length: 64 }, (_, at) => at % 2);
    const burst: Step = { do: "burst", talk: 0, sides };
    const crash = (after: number): Step => ({ do: "fault", fault: { kind: after % 2 ? "fails" : "answer-lost", crash: true, after } });
    await run([crash(20), burst, crash(51), burst, crash(102), burst]);
  });
});
