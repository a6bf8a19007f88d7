import { callRoute, queryClient, routeKey } from "@renderer/lib/api.ts";
import { AppError } from "@shared/define.ts";
import { PAGE_ROWS_USUAL } from "@shared/model/research-limits.ts";
import { refusedBy, useConsole } from "./console-store.ts";
import { readParameters } from "./parameters/parameter-values.ts";
import type { Card, Cell, RunResult } from "./types.ts";

/** How long a stopped query may take to say so, before the screen stops waiting for it. */
const STOP_PATIENCE_MS = 2_000;

let abort: AbortController | null = null;

async function follow(cypher: string, parameters: Record<string, Cell>, ask: (queryId: string, signal: AbortSignal) => Promise<RunResult>) {
  if (useConsole.getState().running) return;
  const queryId = crypto.randomUUID();
  abort = new AbortController();
  useConsole.setState({ running: { queryId, since: performance.now(), stopping: false }, refused: null });
  const mine = () => useConsole.getState().running?.queryId === queryId;
  try {
    const result = await ask(queryId, abort.signal);
    if (!mine()) return;
    useConsole.setState({ answered: { result, cypher, parameters }, running: null, selected: null, selectedNode: null });
    chooseView(result);
  } catch (error) {
    if (!mine()) return;
    // Whatever a stopped query ends with, stopped is what it is.
    const failure = useConsole.getState().running?.stopping ? new AppError("cancelled", "stopped") : error;
    useConsole.setState({ refused: refusedBy(failure, cypher), answered: null, running: null, selected: null, selectedNode: null });
  } finally {
    // Also what was refused stands in the history: nothing that was run can be lost.
    if (useConsole.getState().text === cypher) useConsole.getState().keep();
    void queryClient.invalidateQueries({ queryKey: routeKey("research", "listHistory") });
  }
}

// A view that would be empty is left for one that shows something; one that was chosen and works stays.
function chooseView({ graph }: RunResult): void {
  const { view } = useConsole.getState();
  const drawable = graph.nodes.length > 0;
  if (!drawable && (view === "graph" || view === "both")) useConsole.setState({ view: "table" });
  if (drawable && view === "table") useConsole.setState({ view: "both" });
  if (view === "plan") useConsole.setState({ view: drawable ? "both" : "table" });
}

/** Runs what stands in the editor. Answers false where a parameter cannot be read. */
export function runText(): boolean {
  const { text, names, values } = useConsole.getState();
  if (text.trim() === "") return false;
  const { parameters, faults } = readParameters(names, values, text);
  if (Object.keys(faults).length > 0) return false;
  void follow(text, parameters, (queryId, signal) =>
    callRoute("research", "run", { cypher: text, parameters, limit: PAGE_ROWS_USUAL, queryId }, signal),
  );
  return true;
}

/** Runs a worked example, whose text stands in the editor by then. */
export async function runCard(card: Card, parameters: Record<string, Cell>): Promise<void> {
  await follow(card.cypher, parameters, (queryId, signal) =>
    callRoute("research", "runCard", { cardId: card.id, parameters, limit: PAGE_ROWS_USUAL, queryId }, signal),
  );
  const { answered } = useConsole.getState();
  if (answered?.cypher === card.cypher && (card.view === "table" || answered.result.graph.nodes.length > 0))
    useConsole.setState({ view: card.view });
}

/** Stops what is running: the host ends it within a second. */
export async function stopRun(): Promise<void> {
  const { running } = useConsole.getState();
  if (!running || running.stopping) return;
  const controller = abort;
  useConsole.setState({ running: { ...running, stopping: true } });
  setTimeout(() => controller?.abort(), STOP_PATIENCE_MS);
  try {
    await callRoute("research", "cancel", { queryId: running.queryId });
  } catch {
    controller?.abort();
  }
}
