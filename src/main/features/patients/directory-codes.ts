/** Changes after which the joined text is made anew: until then what changed is looked at one by one. */
const CHANGES_KEPT = 1_000;

/**
 * Phones and identity numbers of all patients, searched for a part of one. They stand in one text, which the engine searches
 * hundreds of times faster than each code by itself.
 */
export class Codes {
  readonly #codes: (readonly string[] | undefined)[] = [];
  #text = "";
  /** Where in the text the codes of a place begin; as many places as the text holds. */
  #starts = new Uint32Array(0);
  #changed = new Set<number>();

  /** What a patient's codes are from now on. */
  set(place: number, codes: readonly string[]): void {
    this.#codes[place] = codes;
    this.#changed.add(place);
  }

  /** Tells each place that has a code with this part in it, once for each such code. */
  find(part: string, tell: (place: number, code: string) => void): void {
    if (this.#changed.size > CHANGES_KEPT) this.#join();
    const look = (place: number) => {
      for (const code of this.#codes[place] ?? []) if (code.includes(part)) tell(place, code);
    };
    let place = 0;
    for (let at = this.#text.indexOf(part); at >= 0; at = this.#text.indexOf(part, this.#starts[place] ?? this.#text.length)) {
      place = this.#placeAt(at);
      if (!this.#changed.has(place)) look(place);
      place += 1;
    }
    for (const changed of this.#changed) look(changed);
  }

  #join(): void {
    const lines: string[] = [];
    this.#starts = new Uint32Array(this.#codes.length);
    let length = 0;
    for (let place = 0; place < this.#codes.length; place++) {
      const line = `${(this.#codes[place] ?? []).join("\n")}\n`;
      this.#starts[place] = length;
      length += line.length;
      lines.push(line);
    }
    this.#text = lines.join("");
    this.#changed = new Set();
  }

  /** The place whose codes stand at this position of the text. */
  #placeAt(position: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] as number) <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
