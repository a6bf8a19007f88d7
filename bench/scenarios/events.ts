import { startHost } from "@main/app/host-server.ts";
import { createClient } from "@renderer/lib/client.ts";
import { authorization, connectSocket } from "@renderer/lib/connection.ts";
import { BUSY_DAY, type Clinic } from "../clinic.ts";
import { type Figure, spread } from "../measure.ts";

const PATIENCE_MS = 10_000;

/** How long a change of a day takes from this process to every other screen, over WebSockets. */
export async function events(clinic: Clinic, { screens, count }: { screens: number; count: number }): Promise<Figure[]> {
  const host = await startHost({ app: clinic.world.app, port: 0 });
  const sent = new Map<string, number>();
  const delays: number[] = [];
  const heard = new Set<number>();
  const token = () => clinic.token("reception");
  const clients = Array.from({ length: screens }, (_, screen) => {
    const client = createClient({ connect: connectSocket(`${host.url.replace(/^http/, "ws")}/ws`, authorization(token)), token });
    client.subscribe({
      onEvent(event) {
        if (event.type !== "scheduling.dayChanged") return;
        heard.add(screen);
        const at = sent.get(event.appointmentId);
        if (at !== undefined) delays.push(performance.now() - at);
      },
      onResync: () => undefined,
    });
    return client;
  });
  const tell = (appointmentId: string) =>
    clinic.world.app.announce({ type: "scheduling.dayChanged", day: BUSY_DAY, doctorId: "D000001", patientId: "P000001", appointmentId });
  try {
    await until(() => (tell("A000001"), heard.size === screens));
    for (let number = 0; number < count; number += 1) {
      const appointmentId = `A${String(500_000 + number).padStart(6, "0")}`;
      sent.set(appointmentId, performance.now());
      tell(appointmentId);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await until(() => delays.length >= screens * count);
  } finally {
    for (const client of clients) client.close();
    await host.close();
  }
  const { p50, p99 } = spread(delays);
  const note = `p50 ${p50.toFixed(1)} ms; ${screens} screens, ${delays.length} deliveries`;
  return [{ name: "event to another screen, p99", value: p99, unit: "ms", goal: { atMost: 100 }, note }];
}

async function until(holds: () => boolean): Promise<void> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  while (!holds()) {
    if (performance.now() > giveUpAt) throw new Error("The events did not arrive.");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
