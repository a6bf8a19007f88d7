import { setTimeout as sleep } from "node:timers/promises";
import { MongoServerSelectionError } from "mongodb";
import type { MongoCall } from "./mongo.ts";

const PAUSE_MS = 100;
/** A repeat that could not end before the caller is told is not begun. */
const LEAST_MS = 500;
/** As long as the driver waits for a server. */
const SELECTION_MS = 4_000;

/**
 * Tries until an answer has come, as long as what came instead is worth another try and there is time for it. `again` tells the attempt that an
 * earlier one may have been done.
 */
export async function repeated<T>(
  call: MongoCall,
  worth: (error: unknown) => boolean,
  attempt: (again: boolean) => Promise<T>,
): Promise<T> {
  for (let again = false; ; again = true) {
    try {
      return await attempt(again);
    } catch (error) {
      const noServer = error instanceof MongoServerSelectionError;
      // The driver has waited for a server: waiting again is for those that do not know what they have done.
      if (!worth(error) || (noServer && !again) || call.remainingMs() < LEAST_MS + (noServer ? SELECTION_MS : 0)) throw error;
      await sleep(PAUSE_MS);
    }
  }
}
