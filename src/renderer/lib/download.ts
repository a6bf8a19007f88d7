import { callRoute } from "./api.ts";

/** An address under which a file's bytes can be had for two minutes, by the page itself or by the browser's own download. */
export async function filePath(fileId: string, signal?: AbortSignal): Promise<string | null> {
  const { path } = await callRoute("files", "getFile", { fileId }, signal);
  return path;
}

/** Saves a file to disk the way the browser, or the desktop's own dialog, does it: streamed, never whole in memory. */
export async function saveFile(fileId: string): Promise<boolean> {
  const path = await filePath(fileId);
  if (path === null) return false;
  follow(path, "");
  return true;
}

/** Saves what was made on this screen, such as an export. */
export function saveBlob(blob: Blob, filename: string): void {
  const url = URL.createObjectURL(blob);
  follow(url, filename);
  // The browser takes the bytes while it handles the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function follow(url: string, filename: string): void {
  const link = document.createElement("a");
  link.href = url;
  link.download = filename;
  link.click();
}
