import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import react from "@vitejs/plugin-react";
import { build } from "vite";
import { policyHeader } from "../../../src/main/app/content-security-policy.ts";

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".woff2": "font/woff2",
  ".woff": "font/woff",
};

/** Builds the page of the picture from the repository at `root` and serves it on loopback, under the application's own content security policy. */
export async function servePicturePage(root: string): Promise<{ url: string; close(): Promise<void> }> {
  const at = (path: string) => join(root, path);
  const folder = await mkdtemp(join(tmpdir(), "polyclinic-picture-"));
  await build({
    configFile: false,
    root: at("test/e2e/picture-page"),
    logLevel: "error",
    base: "./",
    resolve: { alias: { "@shared": at("src/shared"), "@renderer": at("src/renderer") } },
    plugins: [react()],
    build: { outDir: folder, emptyOutDir: true, target: "esnext" },
  });
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? "/", "http://page").pathname).replace(/^\/$/, "/index.html");
    readFile(join(folder, path)).then(
      (content) => {
        response.writeHead(200, {
          "content-type": TYPES[extname(path)] ?? "application/octet-stream",
          "content-security-policy": policyHeader(),
        });
        response.end(content);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the page has no port");
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close: async () => {
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
