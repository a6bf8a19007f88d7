import { queryClient, routeKey, toAppError } from "@renderer/lib/api.ts";
import { newCommandKey } from "@renderer/lib/command-key.ts";
import { useSession } from "@renderer/lib/session-store.ts";
import { uploadFile } from "@renderer/lib/upload.ts";
import type { AppError } from "@shared/define.ts";
import { create } from "zustand";

/** One file on its way. */
export interface Transfer {
  /** The command's key: the same for every try. */
  id: string;
  patientId: string;
  observationId: string | undefined;
  file: File;
  step: "waiting" | "reading" | "sending" | "filing" | "failed";
  /** Of the step, 0 to 1. */
  share: number;
  problem: AppError | null;
}

interface TransferState {
  transfers: readonly Transfer[];
}

/** Files on their way, of every patient: an upload goes on while other screens are open. */
export const useTransfers = create<TransferState>(() => ({ transfers: [] }));

const stops = new Map<string, AbortController>();
/** Uploads at the same time; the others wait their turn. */
const AT_ONCE = 2;

/** Takes files to be sent for a patient, for a finding where one is named. */
export function sendFiles(files: readonly File[], patientId: string, observationId?: string): void {
  const added = files.map((file): Transfer => {
    return { id: newCommandKey(), patientId, observationId, file, step: "waiting", share: 0, problem: null };
  });
  useTransfers.setState(({ transfers }) => ({ transfers: [...transfers, ...added] }));
  startNext();
}

/** Sends a failed one again: what has arrived is kept. */
export function retryTransfer(id: string): void {
  change(id, { step: "waiting", share: 0, problem: null });
  startNext();
}

/** Gives one up, or takes a failed one off the list. */
export function dropTransfer(id: string): void {
  stops.get(id)?.abort(new DOMException("given up", "AbortError"));
  forget(id);
}

function startNext(): void {
  const { transfers } = useTransfers.getState();
  const free = AT_ONCE - stops.size;
  for (const transfer of transfers.filter(({ step, id }) => step === "waiting" && !stops.has(id)).slice(0, Math.max(0, free)))
    void run(transfer);
}

async function run({ id, file, patientId, observationId }: Transfer): Promise<void> {
  const stop = new AbortController();
  stops.set(id, stop);
  try {
    const order = { file, patientId, observationId, key: id };
    await uploadFile(order, (step, share) => change(id, { step, share }), stop.signal);
    forget(id);
    void queryClient.invalidateQueries({ queryKey: routeKey("files") });
    void queryClient.invalidateQueries({ queryKey: routeKey("patients", "getChart") });
  } catch (error) {
    if (!stop.signal.aborted) change(id, { step: "failed", problem: toAppError(error) });
  } finally {
    stops.delete(id);
    startNext();
  }
}

function change(id: string, to: Partial<Transfer>): void {
  useTransfers.setState(({ transfers }) => ({
    transfers: transfers.map((transfer) => (transfer.id === id ? { ...transfer, ...to } : transfer)),
  }));
}

function forget(id: string): void {
  useTransfers.setState(({ transfers }) => ({ transfers: transfers.filter((transfer) => transfer.id !== id) }));
}

// Whoever signs in next must not see, or go on with, what somebody else was sending.
useSession.subscribe((state, before) => {
  if (state.token === before.token) return;
  for (const stop of stops.values()) stop.abort(new DOMException("signed out", "AbortError"));
  useTransfers.setState({ transfers: [] });
});
