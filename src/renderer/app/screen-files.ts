import { fetchModule } from "@renderer/lib/fetch-module.ts";
import { type ComponentType, type LazyExoticComponent, lazy } from "react";

const files = import.meta.glob<{ Screen: ComponentType }>("../features/*/*-screen.tsx");
const made = new Map<string, LazyExoticComponent<ComponentType>>();

/** The lazily fetched component of a screen's file. */
export function screenOf(file: string): ComponentType {
  const known = made.get(file);
  if (known) return known;
  const load = files[`../features/${file}.tsx`];
  if (!load) throw new Error(`no screen file ${file}`);
  const screen = lazy(async () => ({ default: (await fetchModule(load)).Screen }));
  made.set(file, screen);
  return screen;
}
