/** A value that goes in as a parameter or comes back in a column. Instants are ISO strings, never driver types. */
export type Value = null | boolean | number | string | Value[] | { [key: string]: Value };
export type Params = Record<string, Value>;

/**
 * A statement from `cypher/`, made by `statement()`. The first line of its file says what it answers; a line
 * `// writes` marks one that writes, and a Reader refuses it.
 */
export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly writes: boolean;
  /** What Neo4j runs instead, where it has its full-text index: the same answer for the same parameters. */
  readonly neo4j?: string;
}

/** Reads inside one transaction: every statement sees the same state. A Reader cannot write. */
export interface Reader {
  /** Rows in the statement's order; an empty list when nothing matches. Throws AppError `internal` for a statement that writes. */
  query<Row extends Record<string, unknown>>(statement: Statement, params?: Params): Promise<Row[]>;
}

/** Writes inside one transaction: all of it is kept, or nothing. Exists only inside `GraphPort.write`. */
export interface Writer extends Reader {
  /** Runs a writing statement. Throws UniqueViolation when a constraint refuses it; the transaction is then lost. */
  execute<Row extends Record<string, unknown>>(statement: Statement, params?: Params): Promise<Row[]>;
}

/** A uniqueness constraint refused a write. Services turn it into their named error (`slot-taken`). */
export class UniqueViolation extends Error {
  readonly label: string;
  readonly property: string;
  constructor(label: string, property: string) {
    super(`${label}.${property} is taken`);
    this.name = "UniqueViolation";
    this.label = label;
    this.property = property;
  }
}

export interface GraphHealth {
  state: "up" | "down";
  engine: string;
  nodes: number;
}

/** The graph store. Engines: embedded (Grafeo in its own process) and Neo4j. */
export interface GraphPort {
  /** Runs `work` on one consistent state. Throws AppError `store-unavailable` or `timeout` (10 s). */
  read<T>(work: (reader: Reader) => Promise<T>): Promise<T>;
  /**
   * Runs `work` in one writing transaction. On a write conflict the whole of `work` runs again (with jitter, at most
   * 8 times), so it must not touch anything but the Writer. Resolves after the commit is on disk.
   */
  write<T>(work: (writer: Writer) => Promise<T>): Promise<T>;
  health(): Promise<GraphHealth>;
  /** Tells when the engine is lost and when it is back. Answers a function that stops the telling. */
  onState(listener: (state: "up" | "down") => void): () => void;
  close(): Promise<void>;
}
