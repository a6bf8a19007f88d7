import { type DiskState, diskState } from "./disk.ts";

const LOOK_EVERY_MS = 2_000;

export interface DiskWatch {
  readonly state: DiskState;
  stop(): void;
}

/** Keeps an eye on how much room the disk has, and tells each change of its state. It begins with a look. */
export async function watchDisk(freeBytes: () => Promise<number | null>, onChange: (state: DiskState) => void): Promise<DiskWatch> {
  let state = diskState(await freeBytes());
  const look = async () => {
    const now = diskState(await freeBytes());
    if (now === state) return;
    state = now;
    onChange(now);
  };
  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  timer.unref();
  return {
    get state() {
      return state;
    },
    stop: () => clearInterval(timer),
  };
}
