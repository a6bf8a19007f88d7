import { type Clock, shift } from "@main/platform/clock.ts";
import { type Ids, sha256 } from "@main/platform/ids.ts";
import type { UserViewer, Viewer } from "@main/platform/request.ts";

/** How long a ticket is good. */
const SECONDS = 120;
/** Tickets kept at most; the oldest go first. */
const MOST = 10_000;

interface Ticket {
  fileId: string;
  holder: UserViewer;
  expiresAt: string;
  /** The same end on the clock that never goes back. */
  goneAt: number;
}

/**
 * Tickets for the bytes of one file, for what cannot send a header: a picture on the screen, a download. Bound to the session that asked;
 * kept in memory and hashed. A clock that is set back does not lengthen one.
 */
export function createTickets(ids: Ids, isAlive: (viewer: Viewer, clock: Clock) => Promise<boolean>) {
  const kept = new Map<string, Ticket>();

  function forgetOld(clock: Clock): void {
    for (const [hash, { goneAt }] of kept) {
      if (goneAt > clock.monotonic() && kept.size < MOST) return;
      kept.delete(hash);
    }
  }

  return {
    issue(fileId: string, holder: UserViewer, clock: Clock): { ticket: string; expiresAt: string } {
      forgetOld(clock);
      const ticket = ids.token();
      const expiresAt = shift(clock.now(), SECONDS);
      kept.set(sha256(ticket), { fileId, holder, expiresAt, goneAt: clock.monotonic() + SECONDS * 1000 });
      return { ticket, expiresAt };
    },

    async holderOf(ticket: string, fileId: string, clock: Clock): Promise<Viewer | null> {
      const found = ticket.length > 100 ? undefined : kept.get(sha256(ticket));
      if (!found || found.fileId !== fileId) return null;
      if (found.expiresAt <= clock.now() || found.goneAt <= clock.monotonic()) return null;
      return (await isAlive(found.holder, clock)) ? found.holder : null;
    },
  };
}

export type Tickets = ReturnType<typeof createTickets>;
