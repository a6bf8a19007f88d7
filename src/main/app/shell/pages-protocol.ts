import { readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { type Protocol, protocol } from "electron";
import type { App } from "../compose.ts";
import { policyHeader } from "../content-security-policy.ts";
import { answerFile, fileIdOf } from "./file-protocol.ts";
import { PAGES_ORIGIN, PAGES_SCHEME } from "./pages-origin.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".woff": "font/woff",
};

/** Declares the scheme; must run before the app is ready. */
export function declarePagesScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: PAGES_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: false, stream: true } },
  ]);
}

/**
 * Answers `app://polyclinic/…` from the folder of the built renderer, with the content security policy on every answer, and
 * `app://polyclinic/files/…` from the clinic's files. `app` is null as long as the stores are not open.
 */
export function servePages(target: Pick<Protocol, "handle">, folder: string, app: () => App | null): void {
  target.handle(PAGES_SCHEME, async (request) => {
    const fileId = fileIdOf(request.url);
    const open = app();
    return fileId !== null && open ? answerFile(request, fileId, open) : answerPage(request.url, folder);
  });
}

export async function answerPage(url: string, folder: string): Promise<Response> {
  const file = fileOf(url, folder);
  const type = file === null ? undefined : TYPES[extname(file)];
  if (file === null || type === undefined) return refusal();
  try {
    return new Response(new Uint8Array(await readFile(file)), { headers: { ...HEADERS, "content-type": type } });
  } catch {
    return refusal();
  }
}

const HEADERS = {
  "content-security-policy": policyHeader(),
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
};

function refusal(): Response {
  return new Response("There is nothing here.", { status: 404, headers: { ...HEADERS, "content-type": "text/plain; charset=utf-8" } });
}

/** The file a URL names, or null when it names another origin or leaves the folder. */
function fileOf(url: string, folder: string): string | null {
  let parsed: URL;
  let path: string;
  try {
    parsed = new URL(url);
    path = decodeURIComponent(parsed.pathname);
  } catch {
    return null;
  }
  if (`${parsed.protocol}//${parsed.host}` !== PAGES_ORIGIN || path.includes("\0")) return null;
  const file = normalize(join(folder, path === "/" ? "index.html" : path));
  return file.startsWith(normalize(folder) + sep) ? file : null;
}
