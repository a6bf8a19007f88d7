/** Lets one writer at a time through, in order of arrival. */
export class WriterQueue {
  #tail: Promise<void> = Promise.resolve();

  /** Takes a place in the queue. `granted` resolves at its turn; `release` must be called, also by who gives up waiting. */
  join(): { granted: Promise<void>; release: () => void } {
    const { promise, resolve } = Promise.withResolvers<void>();
    const granted = this.#tail;
    this.#tail = granted.then(() => promise);
    return { granted, release: resolve };
  }
}
