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
  // On the way to a message that is not held yet: until it is there, nothing holds to the end and nothing more is read.
  const onTheWay = useRef(false);

  const toEnd = useCallback(() => {
    const element = box.current;
    if (!element) return;
    was.current.atEnd = true;
    element.scrollTop = element.scrollHeight;
    setAtEnd(true);
  }, []);

  const onScroll = () => {
    const element = box.current;
    if (!element || onTheWay.current) return;
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
    if (before.atEnd && !onTheWay.current) element.scrollTop = element.scrollHeight;
    else if (!onTheWay.current && first < before.first) element.scrollTop += element.scrollHeight - before.height;
    was.current = { ...before, first, height: element.scrollHeight };
  }, [first, tail]);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    // The composer grows, a bubble says more, the window changes: whoever was at the end stays there.
    const follow = new ResizeObserver(() => {
      if (was.current.atEnd && !onTheWay.current) element.scrollTop = element.scrollHeight;
    });
    follow.observe(element);
    if (element.firstElementChild) follow.observe(element.firstElementChild);
    return () => follow.disconnect();
  }, []);

  /** Brings an element of the conversation into sight; false where it does not stand there yet, and it is on its way until `show` finds it or `stay` gives it up. */
  const show = useCallback((id: string, block: ScrollLogicalPosition): boolean => {
    const target = box.current?.querySelector(`[data-at="${id}"]`);
    onTheWay.current = !target;
    if (!target) return false;
    target.scrollIntoView({ block });
    const element = box.current;
    if (element) was.current.atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
    setAtEnd(was.current.atEnd);
    return true;
  }, []);

  const stay = useCallback(() => {
    onTheWay.current = false;
  }, []);

  return { box, atEnd, toEnd, onScroll, show, stay };
}
