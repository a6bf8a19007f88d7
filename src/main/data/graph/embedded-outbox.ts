/**
 * Gathers the messages of one turn of the event loop and sends them as one: every send is a system call that wakes the other
 * process, which costs more than most statements do. Order is kept.
 */
export class Outbox<Message> {
  readonly #send: (messages: Message[]) => void;
  #waiting: Message[] = [];

  constructor(send: (messages: Message[]) => void) {
    this.#send = send;
  }

  post(message: Message): void {
    this.#waiting.push(message);
    // After every promise that this turn resolves: a commit and the next writer's first statements travel together.
    if (this.#waiting.length === 1) process.nextTick(() => this.#flush());
  }

  #flush(): void {
    const messages = this.#waiting;
    this.#waiting = [];
    this.#send(messages);
  }
}
