import { useGo, usePath, useSearchValue } from "@renderer/lib/navigation.ts";

/** Which conversation is open, and at which message, in the address: of the staff's screen and of the portal's tab alike. */
export function useMessagesAddress() {
  const go = useGo();
  const path = usePath();
  const [conversation] = useSearchValue("c");
  const [message] = useSearchValue("m");
  const inPortal = path === "/portal";
  const base = inPortal ? { tab: "messages" } : {};
  return {
    conversation,
    /** Number of the message to go to. */
    seek: message !== undefined && /^\d+$/.test(message) ? Number(message) : null,
    /** On a phone the list lies behind the conversation: Back leads to it. */
    open: (id: string, seq?: number) => go(path, { ...base, c: id, m: seq?.toString() }, { replace: !inPortal }),
    toList: () => go(path, base, { replace: !inPortal }),
    /** The message was gone to: the address forgets it, so that a later visit begins at the end. */
    found: () => go(path, { ...base, c: conversation }, { replace: true }),
  };
}
