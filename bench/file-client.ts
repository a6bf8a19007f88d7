/** A client of the files bench, in a process of its own: sends and fetches a file when told to, and answers how long it took. */
import { readFileSync } from "node:fs";

type Wish = { put: string; path: string; token: string } | { get: string; token: string };

let kept: { path: string; bytes: Uint8Array } | null = null;
process.on("message", (wish: Wish) => void fulfil(wish).then((answer) => process.send?.(answer)));
process.on("disconnect", () => process.exit(0));

async function fulfil(wish: Wish): Promise<{ ms: number; bytes: number; error?: string }> {
  const authorization = `Bearer ${wish.token}`;
  if ("put" in wish) {
    if (kept?.path !== wish.path) kept = { path: wish.path, bytes: readFileSync(wish.path) };
    const before = performance.now();
    const response = await fetch(wish.put, {
      method: "PUT",
      body: kept.bytes as Uint8Array<ArrayBuffer>,
      headers: { authorization, "content-type": "application/octet-stream" },
    });
    const { received } = (await response.json()) as { received?: number };
    const answer = { ms: performance.now() - before, bytes: received ?? 0 };
    return response.ok ? answer : { ...answer, error: `PUT answered ${response.status}` };
  }
  const before = performance.now();
  const response = await fetch(wish.get, { headers: { authorization } });
  let bytes = 0;
  for await (const piece of response.body ?? []) bytes += piece.byteLength;
  const answer = { ms: performance.now() - before, bytes };
  return response.ok ? answer : { ...answer, error: `GET answered ${response.status}` };
}
