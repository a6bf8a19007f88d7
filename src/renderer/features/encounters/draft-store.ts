import { callRoute, type RouteOutput } from "@renderer/lib/api.ts";
import type { AppError } from "@shared/define.ts";
import { useQuery } from "@tanstack/react-query";
import type { Sections } from "./types.ts";

export type Draft = NonNullable<RouteOutput<"encounters", "getDraft">["draft"]>;

// Saves on their way, by visit: whoever opens the visit again waits for them, so that no older text is shown.
const underWay = new Map<string, Promise<unknown>>();

/** Keep a revision of the unfinished note. */
export function keepDraft(encounterId: string, sections: Sections, revision: number): Promise<{ revision: number; savedAt: string }> {
  const saving = callRoute("encounters", "saveDraft", { encounterId, sections, revision });
  underWay.set(encounterId, saving);
  const done = () => {
    if (underWay.get(encounterId) === saving) underWay.delete(encounterId);
  };
  saving.then(done, done);
  return saving;
}

/** The kept draft, once nothing of it is on its way any more. */
export async function readDraft(encounterId: string, signal?: AbortSignal): Promise<Draft | null> {
  for (let saving = underWay.get(encounterId); saving; saving = underWay.get(encounterId)) {
    await saving.catch(() => undefined);
    // The save that waited for this one begins in the same turn.
    await new Promise((resolve) => setTimeout(resolve));
  }
  return (await callRoute("encounters", "getDraft", { encounterId }, signal)).draft;
}

/** The draft a visit's note begins with: read anew each time the note is opened, and not again while it is written. */
export function useDraft(encounterId: string, turn: number) {
  return useQuery<{ draft: Draft | null }, AppError>({
    queryKey: ["draft", encounterId, turn],
    queryFn: async ({ signal }) => ({ draft: await readDraft(encounterId, signal) }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}
