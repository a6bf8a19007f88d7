import { connect, createServer, type Socket } from "node:net";
import type { MongoSettings } from "@main/platform/server-settings.ts";
import { MongoClient } from "mongodb";

/** The same server, which says on the way that it is MongoDB 4 of the same length: a proxy that changes this one word. */
export async function olderVersion({ uri }: MongoSettings): Promise<{ uri: string; close(): Promise<void> }> {
  const client = new MongoClient(uri);
  const { version } = (await client.db("admin").command({ buildInfo: 1 })) as { version: string };
  await client.close();
  const said = Buffer.from(`${version}\0`);
  const instead = Buffer.from(`4${version.slice(1)}\0`);
  const url = new URL(uri);
  const target = { port: Number(url.port || 27017), host: url.hostname };
  const sockets = new Set<Socket>();
  const listener = createServer((near) => {
    const far = connect(target);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
    }
    near.pipe(far);
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
    far.on("data", (piece) => {
      for (let at = piece.indexOf(said); at >= 0; at = piece.indexOf(said, at)) instead.copy(piece, at);
      near.write(piece);
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  url.port = String((listener.address() as { port: number }).port);
  if (url.pathname === "") url.pathname = "/";
  url.hostname = "127.0.0.1";
  url.searchParams.delete("replicaSet");
  url.searchParams.set("directConnection", "true");
  return {
    uri: url.href,
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => listener.close(() => resolve()));
    },
  };
}
