import type { Log } from "../../platform/log.ts";
import { within } from "../../platform/within.ts";

/** A connection that was cut is whole again at once, most times; a server that is away is asked once a second. */
const PROBE_AFTER_MS = [50, 200] as const;
const PROBE_EVERY_MS = 1_000;
const PROBE_BOUND_MS = 2_000;

export type ServerState = "up" | "down";

/** Whether the server is there: down once a call has failed for want of it, up again once a probe has been answered. */
export class MongoState {
  readonly #log: Log;
  readonly #ping: () => Promise<void>;
  readonly #listeners = new Set<(state: ServerState) => void>();
  #current: ServerState = "down";
  #probe: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(log: Log, ping: () => Promise<void>) {
    this.#log = log;
    this.#ping = ping;
  }

  get current(): ServerState {
    return this.#current;
  }

  on(listener: (state: ServerState) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  set(state: ServerState): void {
    if (this.#closed || state === this.#current) return;
    this.#current = state;
    if (state === "down") {
      this.#log.warn({ store: "documents" }, "the document server is away");
      this.#later(0);
    } else {
      this.#log.info({ store: "documents" }, "the document server is there");
      if (this.#probe) clearTimeout(this.#probe);
      this.#probe = null;
    }
    for (const listener of this.#listeners) listener(state);
  }

  /** True once it is up; false where it is still down after so long. */
  whenUp(ms: number): Promise<boolean> {
    if (this.#current === "up") return Promise.resolve(true);
    return new Promise((resolve) => {
      const settle = (up: boolean) => {
        clearTimeout(late);
        stop();
        resolve(up);
      };
      const late = setTimeout(() => settle(false), ms);
      const stop = this.on((state) => state === "up" && settle(true));
    });
  }

  close(): void {
    this.#closed = true;
    if (this.#probe) clearTimeout(this.#probe);
  }

  #later(probes: number): void {
    this.#probe = setTimeout(() => void this.#try(probes), PROBE_AFTER_MS[probes] ?? PROBE_EVERY_MS);
    this.#probe.unref();
  }

  async #try(probes: number): Promise<void> {
    const answered = await within(
      PROBE_BOUND_MS,
      this.#ping().then(
        () => true,
        () => false,
      ),
      () => false,
    );
    if (this.#closed || this.#current === "up") return;
    if (answered) this.set("up");
    else this.#later(probes + 1);
  }
}
