import { AppError } from "../../../shared/define.ts";
import { boundedParams } from "./bounded-params.ts";
import type { EngineHost } from "./embedded-engine.ts";
import { toPortError } from "./embedded-errors.ts";
import type { Params, Reader, Statement, Writer } from "./port.ts";

let lastNumber = 0;

/** One transaction on the engine. Its first statement begins it, so that a read of one statement is one round trip. */
export class EmbeddedTransaction {
  readonly #engine: EngineHost;
  readonly #number = ++lastNumber;
  readonly #underWay = new Set<Promise<unknown>>();
  #begun = false;
  #over = false;
  /** Why the transaction is lost, where it is: the engine ends a transaction at its first failed statement. */
  lost: unknown;

  constructor(engine: EngineHost) {
    this.#engine = engine;
  }

  readonly reader: Reader = { query: (statement, params) => this.#query(statement, params) };

  readonly writer: Writer = {
    query: (statement, params) => this.#query(statement, params),
    execute: async (statement, params) => {
      if (!statement.writes) throw new AppError("internal", `${statement.name} has no line "// writes"`);
      return await this.#run(statement, params);
    },
  };

  /** Whether the engine owes an answer: at the deadline that means it hangs. */
  get isWaiting(): boolean {
    return this.#underWay.size > 0;
  }

  /** Resolves when the engine owes no answer. */
  async settle(): Promise<void> {
    this.#over = true;
    while (this.isWaiting) await Promise.allSettled(this.#underWay);
  }

  /** Sends the commit. The promise in the answer resolves when it is on disk; the next writer need not wait for that. */
  commit(): { durable: Promise<void> } {
    this.#over = true;
    if (!this.#begun) return { durable: Promise.resolve() };
    const durable = this.#track(this.#engine.ask({ kind: "commit", transaction: this.#number })).then(
      () => undefined,
      (error: unknown) => {
        throw toPortError(error, "a commit");
      },
    );
    durable.catch(() => undefined);
    return { durable };
  }

  rollback(): void {
    this.#over = true;
    if (this.#begun && this.lost === undefined) this.#engine.tell({ kind: "rollback", transaction: this.#number });
  }

  async #query<Row extends Record<string, unknown>>(statement: Statement, params: Params = {}): Promise<Row[]> {
    if (statement.writes) throw new AppError("internal", `${statement.name} writes and was run as a read`);
    return await this.#run(statement, params);
  }

  async #run<Row extends Record<string, unknown>>(statement: Statement, params: Params = {}): Promise<Row[]> {
    if (this.#over) throw new AppError("internal", `${statement.name} was run after its transaction`);
    if (this.lost !== undefined) throw this.lost;
    const bounded = boundedParams(params);
    const begins = !this.#begun;
    this.#begun = true;
    const { text, writes } = statement;
    try {
      const call = { kind: "query", transaction: this.#number, begins, text, writes, params: bounded } as const;
      const answer = await this.#track(this.#engine.ask(call));
      return (answer.rows ?? []) as unknown as Row[];
    } catch (error) {
      const shown = toPortError(error, statement.name);
      this.lost ??= shown;
      throw shown;
    }
  }

  #track<T>(promise: Promise<T>): Promise<T> {
    this.#underWay.add(promise);
    const done = () => this.#underWay.delete(promise);
    promise.then(done, done);
    return promise;
  }
}
