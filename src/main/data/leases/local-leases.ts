import { createSerialByKey } from "../../platform/serial.ts";
import type { Leases } from "./port.ts";

/** Leases among the callers of this process: the embedded stores have no others. They cannot be lost. */
export function localLeases(): Leases {
  const inTurn = createSerialByKey();
  const kept = new AbortController().signal;
  return { hold: (name, work) => inTurn(name, () => work(kept)) };
}
