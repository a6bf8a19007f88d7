import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

const NEAR_END = 48;
const NEAR_TOP = 240;

interface ScrollOptions {
  /** Number of the oldest message shown. */
  first: number;
  /** Changes with everything that is added at the end. */
  tail: string;
  onTop(): void;
  onEnd(): void;
}

/**
 * The scrolling of a conversation: it stays at the end while it is there, keeps its place when older messages come in
 * above, and never moves under somebody who reads further up.
 */
export function useScroll({ first, tail, onTop, onEnd }: ScrollOptions) {
  const box = useRef<HTMLElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const was = useRef({ first: 0, height: 0, atEnd: true });

  const toEnd = useCallback(() => {
    const element = box.current;
    if (!element) return;
    was.current.atEnd = true;
    element.scrollTop = element.scrollHeight;
    setAtEnd(true);
  }, []);

  const onScroll = () => {
    const element = box.current;
    if (!element) return;
    const near = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
    was.current.atEnd = near;
    setAtEnd(near);
    if (element.scrollTop < NEAR_TOP) onTop();
    if (near) onEnd();
  };

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const before = was.current;
    if (before.atEnd) element.scrollTop = element.scrollHeight;
    else if (first < before.first) element.scrollTop += element.scrollHeight - before.height;
    was.current = { ...before, first, height: element.scrollHeight };
  }, [first, tail]);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    // The composer grows, a bubble says more, the window changes: whoever was at the end stays there.
    const follow = new ResizeObserver(() => {
      if (was.current.atEnd) element.scrollTop = element.scrollHeight;
    });
    follow.observe(element);
    if (element.firstElementChild) follow.observe(element.firstElementChild);
    return () => follow.disconnect();
  }, []);

  /** Brings an element of the conversation into sight; false where it does not stand there yet, and then what comes does not hold to the end. */
  const show = useCallback((id: string, block: ScrollLogicalPosition): boolean => {
    const target = box.current?.querySelector(`[data-at="${id}"]`);
    if (!target) {
      was.current.atEnd = false;
      return false;
    }
    target.scrollIntoView({ block });
    const element = box.current;
    if (element) was.current.atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
    setAtEnd(was.current.atEnd);
    return true;
  }, []);

  return { box, atEnd, toEnd, onScroll, show };
}
