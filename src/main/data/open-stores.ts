import type { ServerSettings } from "../platform/server-settings.ts";
import { type EmbeddedStoresOptions, openEmbeddedStores } from "./open-embedded.ts";
import { openServerStores } from "./open-servers.ts";
import type { Stores } from "./stores.ts";

export interface OpenStoresOptions extends EmbeddedStoresOptions {
  /** The clinic's servers; left out, its stores are in the data folder. */
  servers?: ServerSettings;
  keyPassphrase?: string;
  /** Of this program, for the other workstations. */
  version?: string;
}

/**
 * Opens the clinic's stores: those of the data folder, ready for use, or those on servers, for which it does not wait (`prepare` does).
 * Throws `conflict` when another instance holds the folder, `store-unavailable` with the cause otherwise.
 */
export async function openStores(options: OpenStoresOptions): Promise<Stores> {
  const { servers, keyPassphrase = null, version = "" } = options;
  return servers ? openServerStores({ ...options, servers, keyPassphrase, version }) : openEmbeddedStores(options);
}
