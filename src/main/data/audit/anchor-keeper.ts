import { type Anchor, emptyAnchor, readAnchor, withHead, writeAnchor } from "./anchor.ts";
import type { ChainHead } from "./chain.ts";

const EVERY_MS = 250;

/** Keeps the anchor a little behind the chains: written at most every 250 ms, and when closing. */
export interface AnchorKeeper {
  /** Remembers a head that is on disk, of the own chain or of another writer's; the anchor follows soon. */
  advance(head: ChainHead, writer?: string): void;
  /** The anchor as it is on disk, after any write under way; null when it is missing. */
  current(): Promise<Anchor | null>;
  /** Writes what is pending. Throws when the anchor cannot be written. */
  close(): Promise<void>;
}

interface KeeperOptions {
  path: string;
  /** Whose chain is the own one. */
  writer: string;
  now: () => string;
}

/** Starts keeping an anchor that already lies on disk. */
export function keepAnchor({ path, writer: own, now }: KeeperOptions): AnchorKeeper {
  let pending = new Map<string, ChainHead>();
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();

  const flush = async (): Promise<void> => {
    const heads = pending;
    if (heads.size === 0) return;
    pending = new Map();
    // An anchor removed while the application runs is not silently made anew: the loss stays on record.
    let anchor = (await readAnchor(path)) ?? emptyAnchor(now());
    for (const [writer, head] of heads) anchor = withHead(anchor, writer, head, now());
    try {
      await writeAnchor(path, anchor);
    } catch (error) {
      pending = new Map([...heads, ...pending]);
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
    advance(head, writer = own) {
      pending.set(writer, head);
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
