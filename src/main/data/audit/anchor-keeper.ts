import { type Anchor, emptyAnchor, readAnchor, withHead, writeAnchor } from "./anchor.ts";
import type { ChainHead } from "./chain.ts";

const EVERY_MS = 250;

/** Keeps the anchor of one writer a little behind its chain: written at most every 250 ms, and when closing. */
export interface AnchorKeeper {
  /** Remembers a head that is on disk; the anchor follows soon. */
  advance(head: ChainHead): void;
  /** The anchor as it is on disk, after any write under way; null when it is missing. */
  current(): Promise<Anchor | null>;
  /** Writes what is pending. Throws when the anchor cannot be written. */
  close(): Promise<void>;
}

interface KeeperOptions {
  path: string;
  writer: string;
  now: () => string;
}

/** Starts keeping an anchor that already lies on disk. */
export function keepAnchor({ path, writer, now }: KeeperOptions): AnchorKeeper {
  let pending: ChainHead | null = null;
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();

  const flush = async (): Promise<void> => {
    const head = pending;
    if (!head) return;
    pending = null;
    // An anchor removed while the application runs is not silently made anew: the loss stays on record.
    const anchor = (await readAnchor(path)) ?? emptyAnchor(now());
    try {
      await writeAnchor(path, withHead(anchor, writer, head, now()));
    } catch (error) {
      pending ??= head;
      throw error;
    }
  };
  const schedule = (): void => {
    if (timer) return;
    timer = setTimeout(() => {
      timer = null;
      // A failed write is tried again with the next head; until then the anchor lags, which verifies.
      writing = writing.then(flush).catch(() => {});
    }, EVERY_MS);
    timer.unref();
  };

  return {
    advance(head) {
      pending = head;
      schedule();
    },
    async current() {
      await writing;
      return readAnchor(path);
    },
    async close() {
      if (timer) clearTimeout(timer);
      await writing;
      await flush();
    },
  };
}
