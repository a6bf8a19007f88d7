import { useEffect, useRef, useState } from "react";
import styles from "./countdown.module.css";

/** Counts whole seconds down to `until` (milliseconds since the epoch) and calls `onEnd` once. */
export function useCountdown(until: number, onEnd: () => void): number {
  const left = () => Math.max(0, Math.ceil((until - Date.now()) / 1000));
  const [seconds, setSeconds] = useState(left);
  const end = useRef(onEnd);
  end.current = onEnd;
  useEffect(() => {
    let over = false;
    const tick = () => {
      const now = Math.max(0, Math.ceil((until - Date.now()) / 1000));
      setSeconds(now);
      if (now === 0 && !over) {
        over = true;
        end.current();
      }
    };
    tick();
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  }, [until]);
  return seconds;
}

/** A bar that empties with its words beside it: `words(12)` says "This screen clears in 12 s". */
export function Countdown({
  until,
  totalSeconds,
  words,
  onEnd,
}: {
  until: number;
  totalSeconds: number;
  words(seconds: number): string;
  onEnd(): void;
}) {
  const seconds = useCountdown(until, onEnd);
  return (
    <div className={styles.countdown} role="timer">
      <span>{words(seconds)}</span>
      <progress className={styles.bar} value={seconds} max={totalSeconds} aria-label={words(seconds)} />
    </div>
  );
}
