import type { RequestContext, Viewer } from "@main/platform/request.ts";
import type { eventsContract, NumberedEvent } from "@shared/contract/events.ts";
import { AppError, type Handlers } from "@shared/define.ts";
import type { EventsNeeds } from "./needs.ts";

const CHECK_EVERY_MS = 15_000;

/** The events feature: each listener gets what it may read, until it stops listening or its session ends. */
export function createEvents(needs: EventsNeeds): Handlers<typeof eventsContract, RequestContext> {
  return {
    async subscribe({ after }, context) {
      const { viewer } = context;
      if (!viewer) throw new AppError("unauthenticated", "Sign in first.");
      return listen(needs, viewer, after, context);
    },
  };
}

/** Ends after the event that this viewer's own session has ended, and tells of an expiry that nobody else announced. */
async function* listen(
  needs: EventsNeeds,
  viewer: Viewer,
  after: number | undefined,
  context: RequestContext,
): AsyncGenerator<NumberedEvent> {
  const ended = new AbortController();
  const look = (): void => {
    needs.isAlive(viewer, context.clock).then(
      (alive) => {
        if (!alive) ended.abort();
      },
      // The store is away: who is listening is told by system.storeLost, and the session is looked at again later.
      () => undefined,
    );
  };
  const timer = setInterval(look, needs.checkEveryMs ?? CHECK_EVERY_MS);
  timer.unref();
  let seq = after ?? 0;
  try {
    for await (const item of needs.bus.subscribe(viewer, after, AbortSignal.any([context.signal, ended.signal]))) {
      seq = item.seq;
      yield item;
      // The end of this session may be among what nobody was told.
      if (item.resync) look();
      if (endsSessionOf(item, viewer)) return;
    }
    if (ended.signal.aborted && viewer.kind === "user") yield expired(seq, viewer.sessionId, context.clock.now());
  } finally {
    clearInterval(timer);
  }
}

function endsSessionOf({ event }: NumberedEvent, viewer: Viewer): boolean {
  return event?.type === "session.expired" && viewer.kind === "user" && event.sessionId === viewer.sessionId;
}

function expired(seq: number, sessionId: string, at: string): NumberedEvent {
  return { seq, at, event: { type: "session.expired", sessionId, cause: "expired" }, resync: false };
}
