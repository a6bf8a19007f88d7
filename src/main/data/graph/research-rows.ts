import type { Value } from "./port.ts";
import type { ResearchReply } from "./research-protocol.ts";

/** Rows of the first message: they are there soon. The others go in larger ones. */
export const FIRST_ROWS = 100;
const MORE_ROWS = 2_000;

/** Sends rows on in parts, each when the one before was taken. */
export class RowSender {
  readonly #send: (reply: ResearchReply) => Promise<void>;
  #rows: Value[][] = [];
  #sent = 0;

  constructor(send: (reply: ResearchReply) => Promise<void>) {
    this.#send = send;
  }

  /** How many rows were added. */
  get count(): number {
    return this.#sent + this.#rows.length;
  }

  async add(row: Value[]): Promise<void> {
    this.#rows.push(row);
    if (this.#rows.length === (this.#sent === 0 ? FIRST_ROWS : MORE_ROWS)) await this.#flush();
  }

  /** Sends what is left; answers how many rows were sent in all. */
  async end(): Promise<number> {
    if (this.#rows.length > 0) await this.#flush();
    return this.#sent;
  }

  async #flush(): Promise<void> {
    await this.#send({ kind: "rows", rows: this.#rows });
    this.#sent += this.#rows.length;
    this.#rows = [];
  }
}
