import type { GraphPort } from "@main/data/graph/port.ts";
import { formatId } from "@shared/model/ids.ts";
import { Directory, type DirectoryEntry } from "./directory.ts";
import * as store from "./store.ts";

const PAGE = 2000;

/**
 * Keeps the directory equal to the graph: filled in the background when first asked for, told of each patient after the
 * commit, and compared with the counters of patients and of their changes at every use, so that what another workstation
 * registered or changed is taken in, and another clinic or none empties it.
 */
export class DirectoryUpkeep {
  readonly #graph: GraphPort;
  readonly #directory = new Directory();
  /** Told while a page was on its way: newer than what the page holds. */
  readonly #told = new Set<string>();
  #filling: Promise<void> | null = null;
  /** Up to which change of a patient it is; what is newer is read at the next use. */
  #change = 0;
  #clinic: string | null = null;

  constructor(graph: GraphPort) {
    this.#graph = graph;
  }

  /** After the commit of a patient's registration or change. */
  tell(entry: DirectoryEntry): void {
    if (this.#filling) this.#told.add(entry.id);
    // A directory that has not been asked for yet reads this patient from the graph when it is.
    if (this.#filling || numberOf(entry.id) <= this.#directory.last + 1) this.#directory.put(entry);
  }

  /** The directory if it is complete, else null while many patients are still to be read. */
  async ifComplete(): Promise<Directory | null> {
    const { last, change, clinic } = await this.#graph.read(store.directoryState);
    if (!this.#filling) {
      if (last < this.#directory.last || clinic !== this.#clinic) this.#startAnew(clinic, change);
      await this.#catchUp(change);
      if (last === this.#directory.last) return this.#directory;
      this.#fill(last);
      if (last - this.#directory.last > PAGE) return null;
    }
    if (this.#directory.last + PAGE < last) return null;
    await this.#filling;
    return this.#directory;
  }

  /** The directory, once it is complete. */
  async complete(): Promise<Directory> {
    for (;;) {
      const directory = await this.ifComplete();
      if (directory) return directory;
      await this.#filling;
    }
  }

  #startAnew(clinic: string | null, change: number): void {
    this.#directory.clear();
    this.#clinic = clinic;
    // What is filled from here on is read as it is now.
    this.#change = change;
  }

  /** Takes in what was changed of patients that it has, here or on another workstation. */
  async #catchUp(change: number): Promise<void> {
    if (change === this.#change) return;
    const from = this.#change;
    const changed = await this.#graph.read((reader) => store.changedPatients(reader, from));
    this.#directory.putAll(changed.filter(({ id }) => numberOf(id) <= this.#directory.last));
    if (this.#change === from) this.#change = change;
  }

  #fill(last: number): void {
    this.#filling = this.#readUpTo(last)
      .catch((error: unknown) => {
        this.#directory.clear();
        throw error;
      })
      .finally(() => {
        this.#filling = null;
        this.#told.clear();
      });
    // Nobody may be waiting when the store fails; the next search tries again.
    this.#filling.catch(() => undefined);
  }

  async #readUpTo(last: number): Promise<void> {
    for (let from = this.#directory.last + 1; from <= last; from += PAGE) {
      const to = Math.min(last, from + PAGE - 1);
      const ids = Array.from({ length: to - from + 1 }, (_, index) => formatId("Patient", from + index));
      const entries = await this.#graph.read((reader) => store.directoryPage(reader, ids));
      this.#directory.putAll(entries.filter((entry) => !this.#told.has(entry.id)));
      this.#directory.reach(to);
    }
  }
}

const numberOf = (id: string) => Number(id.slice(1));
