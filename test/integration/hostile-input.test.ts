import type { Viewer } from "@main/platform/request.ts";
import { contract } from "@shared/contract/index.ts";
import { AppError, type Route } from "@shared/define.ts";
import type { Role } from "@shared/model/roles.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { INPUTS } from "./role-matrix-inputs.ts";
import { type MatrixWorld, openMatrixWorld } from "./role-matrix-world.ts";

let matrix: MatrixWorld;
beforeAll(async () => {
  matrix = await openMatrixWorld();
}, 120_000);
afterAll(() => matrix?.world.close());

const ROUTES = Object.entries(contract).flatMap(([domain, routes]) =>
  Object.entries(routes as Record<string, Route>).map(([route, declared]) => ({ name: `${domain}.${route}`, domain, route, declared })),
);

/** What no field is meant to hold, or only at its very edge. */
const NASTY: readonly unknown[] = [
  null,
  "",
  " ",
  "\u0000",
  "\ud800",
  "\u202e\u0007",
  "$patientId",
  "__proto__",
  "P000001' OR 1=1 //",
  "x".repeat(100_000),
  "0001-01-01",
  "9998-12-31",
  "2026-02-30",
  "0001-01-01T00:00:00.000Z",
  "9998-12-31T23:55:00.000Z",
  "9999-12-31T23:59:59-12:00",
  "P999999999999",
  "D999999999999",
  -1,
  0,
  1.5,
  100_000,
  Number.MAX_SAFE_INTEGER,
  1e308,
  Number.NaN,
  true,
  [],
  Array.from({ length: 2000 }, () => ({})),
  {},
  { toString: "x", valueOf: "x" },
];

describe("no field of any route, whatever it holds, is more than refused", () => {
  it.each(ROUTES)("$name", { timeout: 120_000 }, async ({ name, domain, route, declared }) => {
    const usual = INPUTS[name]?.(matrix.subjects.own) as Record<string, unknown>;
    const failures: string[] = [];
    for (const [path, hostile] of variantsOf(usual, optionalFields(declared))) {
      const code = await codeOf(domain, route, hostile, viewerOf(declared));
      if (code === "internal" || code === "timeout" || code === "store-unavailable") failures.push(`${path}: ${code}`);
    }
    expect(failures).toEqual([]);
  });
});

/** Fields that the usual input leaves out. */
function optionalFields({ "~orpc": { inputSchema } }: Route): string[] {
  return inputSchema instanceof z.ZodObject ? Object.keys(inputSchema.shape) : [];
}

/** The usual input with one of its values replaced, at every place, and the whole of it replaced. */
function variantsOf(usual: Record<string, unknown>, optional: readonly string[]): [string, unknown][] {
  const label = (value: unknown) => String(JSON.stringify(value)).slice(0, 40);
  const variants: [string, unknown][] = NASTY.map((value) => [`the input as ${label(value)}`, value]);
  for (const key of new Set([...Object.keys(usual), ...optional])) {
    const present = usual[key];
    for (const value of NASTY) variants.push([`${key} as ${label(value)}`, { ...usual, [key]: value }]);
    if (typeof present !== "object" || present === null || Array.isArray(present)) continue;
    for (const inner of Object.keys(present)) {
      for (const value of NASTY) variants.push([`${key}.${inner} as ${label(value)}`, { ...usual, [key]: { ...present, [inner]: value } }]);
    }
  }
  return variants;
}

/** Somebody who may call the route, with fresh proof. */
function viewerOf({ "~orpc": { meta } }: Route): Viewer | null {
  const { allow } = meta;
  if (allow === "anyone") return null;
  const role: Role = allow === "signed-in" ? "lab" : (allow[0] as Role);
  const viewer = matrix.viewers[role];
  return viewer?.kind === "user" ? { ...viewer, reauthenticatedAt: matrix.world.clock.now() } : viewer;
}

async function codeOf(domain: string, route: string, input: unknown, viewer: Viewer | null): Promise<string> {
  const { app, clock } = matrix.world;
  const stop = new AbortController();
  const origin = { transport: "internal", address: "internal", userAgent: "" } as const;
  try {
    await app.life.run(domain, route, input, { token: null, viewer, clock, signal: stop.signal, origin });
    return "ok";
  } catch (error) {
    return error instanceof AppError ? error.code : "internal";
  } finally {
    stop.abort();
  }
}
