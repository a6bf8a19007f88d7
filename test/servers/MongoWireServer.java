import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.List;

/**
 * A server that speaks MongoDB's wire protocol from memory, for the tests: `MongoWireServer.java PORT [oplog]`. Port 0 takes a free one;
 * with `oplog` it has change streams. Prints {"port":…} when it answers; ends when its standard input ends.
 */
class MongoWireServer {
  public static void main(String[] args) throws Exception {
    MemoryBackend backend = new MemoryBackend();
    backend.version(
        new MongoVersion() {
          public List<Integer> getVersionArray() {
            return List.of(5, 0, 0);
          }

          public int getWireVersion() {
            return 13;
          }
        });
    MongoServer server = new MongoServer(backend);
    if (args.length > 1 && args[1].equals("oplog")) server.enableOplog();
    server.bind("127.0.0.1", Integer.parseInt(args[0]));
    System.out.println("{\"port\":" + server.getLocalAddress().getPort() + "}");
    while (System.in.read() >= 0) {}
    server.shutdownNow();
  }
}
