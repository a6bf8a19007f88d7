import { createContext, use } from "react";

/** Why nothing can be written now, as the words of the buttons that would; null while everything works. */
export const HoldContext = createContext<string | null>(null);

export function useHold(): string | null {
  return use(HoldContext);
}
