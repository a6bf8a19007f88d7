import { parse } from "yaml";
import { textOf } from "./tree.ts";

/** A service of `docker-compose.yml`, as far as the tests look at it; merge keys are resolved. */
export interface ComposeService {
  image: string;
  profiles?: string[];
  restart?: string;
  mem_limit?: string;
  command?: string | string[];
  environment?: Record<string, string>;
  healthcheck?: { test: string[]; interval: string; timeout: string; retries: number };
  ports?: string[];
  volumes?: string[];
}

interface Compose {
  services: Record<string, ComposeService>;
  volumes: Record<string, unknown>;
}

export function readCompose(): Compose {
  return parse(textOf("docker-compose.yml"), { merge: true }) as Compose;
}

/** The settings of `neo4j.conf` that a service's environment stands for, by the rules of Neo4j's image: `__` is `_`, `_` is `.`. */
export function neo4jSettings({ environment = {} }: ComposeService): Record<string, string> {
  const settings = Object.entries(environment).filter(([name]) => name.startsWith("NEO4J_") && name !== "NEO4J_AUTH");
  return Object.fromEntries(
    settings.map(([name, value]) => [name.slice("NEO4J_".length).replaceAll("__", "\0").replaceAll("_", ".").replaceAll("\0", "_"), value]),
  );
}
