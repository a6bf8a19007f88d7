import { settings } from "@main/data/documents/collections.ts";
import type { RequestContext } from "@main/platform/request.ts";
import type { setupContract } from "@shared/contract/setup.ts";
import type { Input } from "@shared/define.ts";
import { alreadySetUp, type createFounding } from "../found-clinic.ts";
import type { SetupDeps } from "../needs.ts";
import { findClinic, removeEverything } from "../store.ts";
import { ACCOUNTS } from "./cast.ts";
import { loadSample } from "./load.ts";

/** The setting that says whether this is the sample clinic, and how far it is. */
const MARKER = "sample";
const DEFAULT_SEED = 1;
const DEFAULT_PATIENTS = 200;

export interface SampleMarker {
  state: "loading" | "loaded" | "removing";
}

/** The sample clinic: loaded once, removed whole. What a crash leaves half-made is removed at the next start. */
export function createSample(deps: SetupDeps, founding: ReturnType<typeof createFounding>) {
  const { graph, documents, blobs, sessions } = deps;
  const markers = documents.collection(settings);
  let share: number | null = null;

  async function marker(): Promise<SampleMarker | null> {
    const found = await markers.get(MARKER);
    return found ? { state: found.value.state as SampleMarker["state"] } : null;
  }

  const mark = (state: SampleMarker["state"], more: Record<string, string | number> = {}) =>
    markers.put({ id: MARKER, value: { state, ...more } });

  /** The graph first, the bytes of files, and the documents with the marker at the end: a removal that is cut off is taken up again. */
  async function remove(): Promise<void> {
    await mark("removing");
    await sessions.endAll("revoked");
    await removeEverything(graph);
    await blobs.clear();
    await documents.clear();
  }

  async function sweep(): Promise<void> {
    const found = await marker();
    if (found && found.state !== "loaded") await remove();
  }

  async function load(input: Input<typeof setupContract.loadSampleClinic>, context: RequestContext): Promise<void> {
    await sweep();
    if (await graph.read(findClinic)) throw alreadySetUp();
    const { seed = DEFAULT_SEED, patients = DEFAULT_PATIENTS } = input;
    share = 0;
    try {
      await mark("loading", { seed });
      const onProgress = (now: number) => {
        share = now;
      };
      await loadSample(deps, founding, { seed, patients, onProgress }, context);
      await mark("loaded", { seed, loadedAt: context.clock.now() });
    } catch (error) {
      deps.log.error({ seed }, "The sample clinic could not be loaded.", error);
      await remove().catch(() => undefined);
      throw error;
    } finally {
      share = null;
    }
  }

  return { marker, load, remove, sweep, progress: () => share, accounts: () => [...ACCOUNTS] };
}
