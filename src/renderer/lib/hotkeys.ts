import { useHotkeys as useMantineHotkeys } from "@mantine/hooks";
import { useSession } from "./session-store.ts";

/** Keys of a screen: `useHotkeys({ "mod+Enter": sign, F9: next })`. Silent while the screen is locked; they work inside fields too. */
export function useHotkeys(keys: Record<string, (event: KeyboardEvent) => void>): void {
  const guarded = (act: (event: KeyboardEvent) => void) => (event: KeyboardEvent) => {
    if (!useSession.getState().locked) act(event);
  };
  useMantineHotkeys(
    Object.entries(keys).map(([key, act]) => [key, guarded(act), { preventDefault: true, usePhysicalKeys: key.length > 1 }]),
    hasBareLetter(keys) ? ["INPUT", "TEXTAREA", "SELECT"] : [],
    !hasBareLetter(keys),
  );
}

// A bare letter is text while someone types; anything with a modifier or a function key is not.
function hasBareLetter(keys: Record<string, unknown>): boolean {
  return Object.keys(keys).some((key) => key.length === 1);
}
