import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const alias = { "@shared": at("src/shared"), "@main": at("src/main"), "@renderer": at("src/renderer"), "@cypher": at("cypher") };

export default defineConfig({
  main: {
    resolve: { alias },
    build: {
      outDir: "out/main",
      rollupOptions: {
        input: {
          index: at("src/main/index.ts"),
          host: at("src/main/host.ts"),
          migrate: at("src/main/migrate.ts"),
          "embedded-process": at("src/main/data/graph/embedded-process.ts"),
          "research-process": at("src/main/data/graph/research-process.ts"),
          "images-process": at("src/main/platform/images-process.ts"),
          "password-worker": at("src/main/platform/password-worker.ts"),
          "gate-worker": at("src/main/features/research/gate/gate-worker.ts"),
        },
      },
    },
  },
  preload: {
    resolve: { alias },
    build: {
      outDir: "out/preload",
      rollupOptions: { input: { index: at("src/preload/index.ts") }, output: { format: "cjs", entryFileNames: "[name].cjs" } },
    },
  },
  renderer: {
    root: at("src/renderer"),
    resolve: { alias },
    plugins: [react()],
    build: { outDir: at("out/renderer"), minify: true, rollupOptions: { input: at("src/renderer/index.html") } },
  },
});
