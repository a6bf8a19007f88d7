import { emptyNeo4j } from "../servers/empty-neo4j.ts";
import { ownDatabase } from "../servers/given.ts";
import { type Proxy, startProxy, through } from "../servers/proxy.ts";
import { NEO4J_PASSWORD, NEO4J_USER, startMongo, startNeo4j } from "../servers/start.ts";
import { type E2eWorld, openE2eWorld } from "./world.ts";

export interface ServerWorld extends E2eWorld {
  /** The network before each server: `down(true)` takes it away. */
  network: { graph: Proxy; documents: Proxy };
}

/** A host on real, empty servers that are away at first: those whose URI is given, else our own. */
export async function openServerWorld(): Promise<ServerWorld> {
  const { NEO4J_URI, NEO4J_USER: user = NEO4J_USER, NEO4J_PASSWORD: password = NEO4J_PASSWORD, MONGODB_URI } = process.env;
  const [neo4j, mongodb] = await Promise.all([NEO4J_URI ? null : startNeo4j(), MONGODB_URI ? null : startMongo()]);
  const uris = { graph: neo4j?.uri ?? (NEO4J_URI as string), documents: mongodb?.uri ?? (MONGODB_URI as string) };
  if (!neo4j) await emptyNeo4j({ uri: uris.graph, user, password });
  const network = { graph: await before(uris.graph), documents: await before(uris.documents) };
  network.graph.down(true);
  network.documents.down(true);
  const world = await openE2eWorld({
    sample: false,
    environment: {
      ...{ NEO4J_URI: through(network.graph, uris.graph), NEO4J_USER: user, NEO4J_PASSWORD: password },
      ...{ MONGODB_URI: through(network.documents, uris.documents), MONGODB_DATABASE: ownDatabase() },
    },
  });
  return {
    ...world,
    network,
    close: async () => {
      await world.close();
      await Promise.all([network.graph.close(), network.documents.close()]);
      await Promise.all([neo4j?.remove(), mongodb?.stop()]);
    },
  };
}

function before(uri: string): Promise<Proxy> {
  const { hostname: host, port } = new URL(uri);
  return startProxy({ host, port: Number(port) });
}
