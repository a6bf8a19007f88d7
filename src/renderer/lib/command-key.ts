import { useRef } from "react";

/** A fresh key for a command, so that a retry of the same act answers the first result. */
export function newCommandKey(): string {
  return crypto.randomUUID();
}

/** A key that stays the same across retries of one act; `renew()` after success begins the next act. */
export function useCommandKey(): { current(): string; renew(): void } {
  const key = useRef<string | null>(null);
  return {
    current: () => {
      key.current ??= newCommandKey();
      return key.current;
    },
    renew: () => {
      key.current = null;
    },
  };
}
