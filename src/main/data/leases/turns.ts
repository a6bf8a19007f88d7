import { AppError } from "../../../shared/define.ts";

/** Turns among the callers of this process, for each name in the order of asking. Answers what ends the turn. */
export type Turns = (name: string, waitMs: number) => Promise<() => void>;

/** The refusal of a turn that did not come in time. */
export const tooLate = (name: string, waitMs: number): AppError =>
  new AppError("timeout", `Somebody else has held the lease ${name} for ${Math.round(waitMs / 1000)} s.`);

/** Keeps the turns; nothing is kept of a name that nobody asks for. Who waits longer than `waitMs` leaves with AppError `timeout`. */
export function createTurns(): Turns {
  const queues = new Map<string, (() => void)[]>();
  const next = (name: string): void => {
    const waiting = queues.get(name)?.shift();
    if (waiting) waiting();
    else queues.delete(name);
  };
  return (name, waitMs) => {
    const queue = queues.get(name);
    if (!queue) {
      queues.set(name, []);
      return Promise.resolve(() => next(name));
    }
    return new Promise((resolve, reject) => {
      const begin = (): void => {
        clearTimeout(late);
        resolve(() => next(name));
      };
      const late = setTimeout(() => {
        queue.splice(queue.indexOf(begin), 1);
        reject(tooLate(name, waitMs));
      }, waitMs);
      queue.push(begin);
    });
  };
}
