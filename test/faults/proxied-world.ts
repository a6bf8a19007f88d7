import type { ServerSettings } from "@main/platform/server-settings.ts";
import { type Proxy, startProxy, through } from "../servers/proxy.ts";
import { dropDatabase, ownServers, sameAs } from "../world/on-servers.ts";
import { openWorld, type World } from "../world/open-world.ts";

/** The whole application on the given servers, with a network before each of them that the test breaks. */
export interface ProxiedWorld {
  readonly world: World;
  /** The same servers without the network between: for another workstation, and for what the test itself reads. */
  readonly direct: ServerSettings;
  readonly graph: Proxy;
  readonly documents: Proxy;
  close(): Promise<void>;
}

export type StoreName = "graph" | "documents";

export interface ProxiedOptions {
  /** The servers; the given ones, emptied, when left out. */
  servers?: ServerSettings;
  /** Breaks the network before the application starts, which is not waited for then. */
  broken?: (proxies: { graph: Proxy; documents: Proxy }) => void;
}

export async function openProxiedWorld({ servers, broken }: ProxiedOptions = {}): Promise<ProxiedWorld> {
  const direct = servers ?? (await ownServers());
  const [graph, documents] = await Promise.all([startProxy(addressOf(direct.neo4j.uri)), startProxy(addressOf(direct.mongodb.uri))]);
  const proxied: ServerSettings = {
    ...sameAs({ servers: direct }, "behind a network"),
    neo4j: { ...direct.neo4j, uri: through(graph, direct.neo4j.uri) },
    mongodb: { ...direct.mongodb, uri: through(documents, direct.mongodb.uri) },
  };
  broken?.({ graph, documents });
  const end = async () => {
    await Promise.all([graph.close(), documents.close()]);
    await dropDatabase(direct);
  };
  const world = await openWorld({ servers: proxied, liftRateLimits: true, atOnce: broken !== undefined }).catch(async (error: unknown) => {
    await end();
    throw error;
  });
  return {
    ...{ world, direct, graph, documents },
    async close() {
      await world.close();
      await end();
    },
  };
}

function addressOf(uri: string): { host: string; port: number } {
  const { hostname, port } = new URL(uri.replace(/^[a-z0-9+]+:/, "http:"));
  return { host: hostname, port: Number(port) };
}
