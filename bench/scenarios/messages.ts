import { randomUUID } from "node:crypto";
import { startHost } from "@main/app/host-server.ts";
import { type Client, createClient } from "@renderer/lib/client.ts";
import { authorization, connectSocket } from "@renderer/lib/connection.ts";
import type { Clinic } from "../clinic.ts";
import { type Figure, spread } from "../measure.ts";

/** So many screens of two people meet the limit of a minute; those that are refused try again. */
const PATIENCE_MS = 70_000;
/** Between two messages that only ask who listens: the sender has a limit of a minute too. */
const LISTENING_PAUSE_MS = 500;
/** Between two messages of one sender. */
const PAUSE_MS = 25;

/**
 * How long a message takes from the sender's screen, over a WebSocket, through the whole life of the route and onto the disk, to the
 * other's screens; with so many browsers of the two on one host.
 */
export async function messages(clinic: Clinic, { clients, count }: { clients: number; count: number }): Promise<Figure[]> {
  const doctor = await clinic.world.app.authenticate(clinic.token("doctor"), clinic.world.clock);
  if (doctor?.kind !== "user") throw new Error("The doctor is not signed in.");
  const { id: conversationId } = await clinic.call("messaging", "openConversation", { userId: doctor.userId });
  const host = await startHost({ app: clinic.world.app, port: 0 });
  const url = `${host.url.replace(/^http/, "ws")}/ws`;
  const begun = new Map<string, number>();
  const delays: number[] = [];
  const heard = new Set<number>();
  const open: Client[] = [];
  const connect = (username: string) => {
    const token = () => clinic.token(username);
    const client = createClient({ connect: connectSocket(url, authorization(token)), token });
    open.push(client);
    return client;
  };
  /** A screen of one of the two; what arrives at the recipient's is measured. */
  const listen = (screen: number) =>
    connect(screen % 2 === 0 ? "doctor" : "reception").subscribe({
      onEvent(event) {
        if (event.type !== "messaging.messageSent") return;
        heard.add(screen);
        const at = begun.get(String(event.seq));
        if (screen % 2 === 0 && at !== undefined) delays.push(performance.now() - at);
      },
      onResync: () => undefined,
    });
  try {
    for (let screen = 0; screen < clients; screen += 1) listen(screen);
    const sender = connect("reception");
    let seq = 0;
    const send = async (measured: boolean) => {
      if (measured) begun.set(String(seq + 1), performance.now());
      ({ seq } = await sender.call("messaging", "sendText", { conversationId, text: "How is the pain today?", clientId: randomUUID() }));
    };
    for (const giveUpAt = performance.now() + PATIENCE_MS; heard.size < clients; ) {
      if (performance.now() > giveUpAt) throw new Error("Not every screen listens.");
      await send(false);
      await pause(LISTENING_PAUSE_MS);
    }
    const sending: number[] = [];
    for (let number = 0; number < count; number += 1) {
      const before = performance.now();
      await send(true);
      sending.push(performance.now() - before);
      await pause(PAUSE_MS);
    }
    const expected = count * Math.ceil(clients / 2);
    for (const giveUpAt = performance.now() + PATIENCE_MS; delays.length < expected; await pause(20)) {
      if (performance.now() > giveUpAt) throw new Error("The messages did not arrive.");
    }
    const [arrival, sent] = [spread(delays), spread(sending)];
    const note = `p50 ${arrival.p50.toFixed(1)} ms; ${clients} browsers, ${delays.length} deliveries`;
    return [
      { name: `message to another screen, ${clients} browsers, p99`, value: arrival.p99, unit: "ms", goal: { atMost: 100 }, note },
      { name: `sending a message, ${clients} browsers, p95`, value: sent.p95, unit: "ms", note: `p50 ${sent.p50.toFixed(1)} ms` },
    ];
  } finally {
    for (const client of open) client.close();
    await host.close();
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
