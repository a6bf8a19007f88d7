// The tab's own storage: what stands there survives a reload, and nobody else's tab sees it.
const storage = globalThis.sessionStorage;
const PREFIX = "polyclinic.mine.";

/** Keeps something of whoever is signed in for as long as the session lasts in this tab. Answers whether it is kept. */
export function keepHere(name: string, value: unknown): boolean {
  try {
    storage.setItem(PREFIX + name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** What was kept under that name, or null. */
export function keptHere(name: string): unknown {
  try {
    return JSON.parse(storage.getItem(PREFIX + name) ?? "null");
  } catch {
    return null;
  }
}

/** Removes everything that was kept: the session is over. */
export function forgetKept(): void {
  for (const key of Object.keys(storage ?? {})) if (key.startsWith(PREFIX)) storage.removeItem(key);
}
