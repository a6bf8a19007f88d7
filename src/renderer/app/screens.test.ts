import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { USER_ROLES } from "@shared/model/roles.ts";
import { describe, expect, it } from "vitest";
import { homeOf, mayOpen, SCREENS } from "./screens.tsx";

describe("the screens", () => {
  it.each(SCREENS.map((screen) => [screen.path, screen.file]))("%s has its file", (_path, file) => {
    expect(existsSync(fileURLToPath(new URL(`../features/${file}.tsx`, import.meta.url)))).toBe(true);
  });

  it("stand each under a path of its own", () => {
    expect(new Set(SCREENS.map((screen) => screen.path)).size).toBe(SCREENS.length);
  });

  it.each(USER_ROLES)("give %s a first screen that this role may open", (role) => {
    const home = SCREENS.find((screen) => screen.path === homeOf([role]));
    expect(home && mayOpen(home, [role])).toBe(true);
  });

  it("keep an administrator who is nothing else out of every screen with patients", () => {
    const open = SCREENS.filter((screen) => mayOpen(screen, ["admin"])).map((screen) => screen.path);
    expect(open).not.toContain("/patients");
    expect(open).not.toContain("/today");
    expect(open).not.toContain("/desk");
  });
});
