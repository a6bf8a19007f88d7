import type { QueryResult, Session } from "neo4j-driver";
import { AppError } from "../../../shared/define.ts";
import { boundedParams } from "./bounded-params.ts";
import { neo4jError } from "./neo4j-errors.ts";
import { isLookupIndex, isSchemaChange } from "./neo4j-schema.ts";
import { fromDriver, type Sent, toDriver } from "./neo4j-values.ts";
import type { Params, Reader, Statement, Writer } from "./port.ts";

/** A transaction for other adapters on Neo4j: any text, bytes in (`Uint8Array`) and out (`Buffer`). */
export interface Neo4jTransaction {
  run<Row extends Record<string, unknown>>(text: string, params?: Readonly<Record<string, Sent>>): Promise<Row[]>;
}

/** What a first statement of a write stands behind: the mark, sent together with it. */
export interface MarkCall {
  text: string;
  params: Readonly<Record<string, Sent>>;
}

export interface AttemptOptions {
  session: Session;
  /** After so long the server ends the transaction by itself. */
  timeoutMs: () => number;
  /** Null for a read. */
  mark: MarkCall | null;
  /** Whether statements are run by their twin, where they have one. */
  twins: boolean;
  /** A change of the schema begins: it may take as long as an index takes to be filled. */
  onSchemaChange?: () => void;
}

type Begun = ReturnType<Session["beginTransaction"]>;

/** One transaction on the server. Its first statement begins it, and travels together with the beginning. */
export class Attempt {
  readonly #options: AttemptOptions;
  readonly #underWay = new Set<Promise<unknown>>();
  #transaction: Begun | null = null;
  #marked: Promise<QueryResult> | null = null;
  #over = false;
  /** Why the transaction is lost, where it is: as the driver said it, and as the caller is told. */
  lost: { cause: unknown; shown: unknown } | null = null;
  /** The change of the schema that it is, as its text. */
  schemaChange: string | null = null;

  constructor(options: AttemptOptions) {
    this.#options = options;
  }

  readonly reader: Reader = { query: (statement, params) => this.#query(statement, params) };

  readonly writer: Writer = {
    query: (statement, params) => this.#query(statement, params),
    execute: async (statement, params) => {
      if (!statement.writes) throw new AppError("internal", `${statement.name} has no line "// writes"`);
      return this.#run(statement, params);
    },
  };

  readonly plain: Neo4jTransaction = {
    run: async <Row>(text: string, params: Readonly<Record<string, Sent>> = {}) =>
      rowsOf<Row>(await this.#send({ name: "a statement of an adapter", text }, params)),
  };

  /** Whether the server owes an answer. */
  get isWaiting(): boolean {
    return this.#underWay.size > 0;
  }

  /** Writes the mark and tells whether it is this attempt's: if not, an earlier attempt was kept. */
  async isFirst(): Promise<boolean> {
    this.#begin();
    const marked = await this.#tracked("a mark", this.#marked as Promise<QueryResult>);
    return marked.records[0]?.get("first") === true;
  }

  /** Resolves when the server owes no answer; from here on nothing more can be run. Throws why the transaction is lost, where it is. */
  async settle(): Promise<void> {
    this.#over = true;
    while (this.isWaiting) await Promise.allSettled(this.#underWay);
    if (this.lost !== null) throw this.lost.shown;
  }

  /** Keeps what was done. */
  async commit(): Promise<void> {
    this.#over = true;
    if (this.#transaction !== null) await this.#tracked("a commit", this.#transaction.commit());
    await this.#options.session.close();
  }

  /** Ends the transaction, also in the middle of a statement; what was not committed is not kept. */
  async end(): Promise<void> {
    this.#over = true;
    await this.#options.session.close().catch(() => undefined);
  }

  async #query<Row extends Record<string, unknown>>(statement: Statement, params: Params = {}): Promise<Row[]> {
    if (statement.writes) throw new AppError("internal", `${statement.name} writes and was run as a read`);
    return this.#run(statement, params);
  }

  async #run<Row extends Record<string, unknown>>(statement: Statement, params: Params = {}): Promise<Row[]> {
    const result = isLookupIndex(statement.text) ? null : await this.#send(this.#chosen(statement), boundedParams(params));
    if (result === null) return [];
    const kind = result.summary.queryType;
    if (!statement.writes && kind !== "r") {
      const shown = new AppError("internal", `${statement.name} writes, and its text has no line "// writes"`);
      this.lost ??= { cause: shown, shown };
      throw shown;
    }
    return rowsOf<Row>(result);
  }

  #chosen({ name, text, neo4j }: Statement): { name: string; text: string } {
    return { name, text: this.#options.twins && neo4j !== undefined ? neo4j : text };
  }

  #send(statement: { name: string; text: string }, params: Readonly<Record<string, Sent>>): Promise<QueryResult> {
    if (this.#over) throw new AppError("internal", `${statement.name} was run after its transaction`);
    if (this.lost !== null) throw this.lost.shown;
    const transaction = this.#begin(statement.text);
    const sent: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(params)) sent[name] = toDriver(value);
    return this.#tracked(statement.name, transaction.run(statement.text, sent));
  }

  /** A change of the schema stands alone in its transaction, so it has no mark: done twice it is done once. */
  #begin(text = ""): Begun {
    if (this.#transaction !== null) return this.#transaction;
    const { session, mark, timeoutMs, onSchemaChange } = this.#options;
    const alone = mark !== null && isSchemaChange(text);
    if (alone) {
      this.schemaChange = text;
      onSchemaChange?.();
    }
    this.#transaction = session.beginTransaction({ timeout: timeoutMs() });
    // What fails at the beginning is told by the first statement, too.
    this.#transaction.then(undefined, () => undefined);
    if (mark !== null && !alone) {
      this.#marked = Promise.resolve(this.#transaction.run(mark.text, toDriver(mark.params) as Record<string, unknown>));
      this.#tracked("a mark", this.#marked).catch(() => undefined);
    }
    return this.#transaction;
  }

  #tracked<T>(subject: string, answer: PromiseLike<T>): Promise<T> {
    const told = Promise.resolve(answer).catch((cause: unknown) => {
      const shown = neo4jError(cause, subject);
      this.lost ??= { cause, shown };
      throw shown;
    });
    this.#underWay.add(told);
    const done = () => this.#underWay.delete(told);
    told.then(done, done);
    return told;
  }
}

function rowsOf<Row>({ records }: QueryResult): Row[] {
  return records.map((record) => {
    const row: Record<string, unknown> = {};
    for (const key of record.keys) row[String(key)] = fromDriver(record.get(key));
    return row as Row;
  });
}
