import type { Contract, Route } from "@shared/define.ts";
import { AppError } from "@shared/define.ts";
import type { HandlersOf, KnownRoute } from "./call.ts";

/** Finds the route of a path; throws `not-found` when the contract has none or nothing handles it. */
export type FindRoute = (domain: string, route: string) => KnownRoute;

/** Joins contract and handlers into one table, so that looking a route up cannot reach an object's prototype. */
export function routeTable<C extends Record<string, Contract>>(contract: C, handlers: HandlersOf<C>): Map<string, KnownRoute> {
  const table = new Map<string, KnownRoute>();
  for (const [domain, routes] of Object.entries(contract)) {
    const domainHandlers = handlers[domain] as Record<string, KnownRoute["handler"]> | undefined;
    for (const [route, declared] of Object.entries(routes)) {
      table.set(`${domain}.${route}`, knownRoute(domain, route, declared, domainHandlers?.[route]));
    }
  }
  return table;
}

/** A declared route with what handles it. Throws when nothing does. */
export function knownRoute(domain: string, route: string, declared: Route, handler: KnownRoute["handler"] | undefined): KnownRoute {
  const { meta, inputSchema, outputSchema } = declared["~orpc"];
  if (!handler || !inputSchema || !outputSchema) throw new Error(`The route ${domain}.${route} is declared but nothing handles it.`);
  const policy = "allow" in meta ? meta : undefined;
  return { name: `${domain}.${route}`, domain, route, policy, input: inputSchema, output: outputSchema, handler };
}

export function findIn(table: ReadonlyMap<string, KnownRoute>): FindRoute {
  return (domain, route) => {
    const known = table.get(`${domain}.${route}`);
    if (!known) throw new AppError("not-found", "There is no such route.");
    return known;
  };
}
