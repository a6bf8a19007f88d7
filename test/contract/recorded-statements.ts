import { EngineHost } from "@main/data/graph/embedded-engine.ts";
import { EngineRefusal } from "@main/data/graph/embedded-errors.ts";
import type { EngineAnswer, EngineCall } from "@main/data/graph/embedded-protocol.ts";
import type { Params } from "@main/data/graph/port.ts";
import { vi } from "vitest";

export type Row = Record<string, unknown>;

/** A statement as the embedded engine ran it, and what it answered: rows, or the kind of its refusal. */
export interface Run {
  text: string;
  params: Params;
  writes: boolean;
  answer: { rows: Row[] } | { refusal: string };
}

export interface RecordedTransaction {
  runs: Run[];
  kept: boolean;
}

/** All that goes to the embedded engine from now on. */
export interface Recording {
  /** In the order in which they took effect: a write at its end, a read at its beginning. */
  transactions: RecordedTransaction[];
  /** What a reading text answers on the engine that was heard last; it is no part of the recording. */
  ask(text: string): Promise<Row[]>;
  /** Runs a statement there in a transaction of its own, as a part of the recording. */
  run(statement: { text: string; writes: boolean }, params: Params): Promise<void>;
  stop(): void;
}

/** Listens between the port and the embedded engine, so that what routes do can be done again on another engine. */
export function recordStatements(): Recording {
  const begun = new Map<number, RecordedTransaction>();
  const transactions: RecordedTransaction[] = [];
  const waiting: Promise<unknown>[] = [];
  let heard: EngineHost | null = null;
  let last = 1e9;
  const realAsk = EngineHost.prototype.ask;
  const realTell = EngineHost.prototype.tell;

  const end = (number: number, kept: boolean) => {
    const transaction = begun.get(number);
    begun.delete(number);
    if (transaction === undefined || transactions.includes(transaction)) return;
    transactions.push(Object.assign(transaction, { kept }));
  };
  const note = (host: EngineHost, call: EngineCall, answered: Promise<EngineAnswer>) => {
    heard = host;
    if (call.kind === "commit") end(call.transaction, true);
    if (call.kind !== "query") return;
    const { text, params, writes, transaction: number } = call;
    const transaction = begun.get(number) ?? { runs: [], kept: false };
    begun.set(number, transaction);
    const run: Run = { text, params, writes, answer: { refusal: "never answered" } };
    transaction.runs.push(run);
    // Until its first writing statement a transaction counts as a read, which belongs where it began.
    if (!writes && transaction.runs.length === 1) transactions.push(transaction);
    if (writes && transactions.includes(transaction) && transaction.runs.filter((one) => one.writes).length === 1) {
      transactions.splice(transactions.indexOf(transaction), 1);
    }
    waiting.push(
      answered.then(
        ({ rows = [] }) => Object.assign(run, { answer: { rows } }),
        (error: unknown) =>
          Object.assign(run, { answer: { refusal: error instanceof EngineRefusal ? error.failure.kind : String(error) } }),
      ),
    );
  };
  const ask = vi.spyOn(EngineHost.prototype, "ask").mockImplementation(function (this: EngineHost, call: EngineCall) {
    const answered = realAsk.call(this, call);
    note(this, call, answered);
    return answered;
  });
  const tell = vi.spyOn(EngineHost.prototype, "tell").mockImplementation(function (this: EngineHost, call: EngineCall) {
    if (call.kind === "rollback") end(call.transaction, false);
    realTell.call(this, call);
  });
  return {
    transactions,
    async ask(text) {
      await Promise.allSettled(waiting);
      last += 1;
      const query = { kind: "query", transaction: last, begins: true, text, writes: false, params: {} } as const;
      const { rows = [] } = await realAsk.call(heard as EngineHost, query);
      realTell.call(heard as EngineHost, { kind: "rollback", transaction: last });
      return rows;
    },
    async run({ text, writes }, params) {
      const transaction = ++last;
      const host = heard as EngineHost;
      const kept = await host.ask({ kind: "query", transaction, begins: true, text, writes, params }).then(
        () => true,
        () => false,
      );
      if (kept) await host.ask({ kind: "commit", transaction });
      else host.tell({ kind: "rollback", transaction });
    },
    stop() {
      ask.mockRestore();
      tell.mockRestore();
    },
  };
}
