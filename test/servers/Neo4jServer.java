import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.neo4j.configuration.connectors.ConnectorPortRegister;
import org.neo4j.configuration.connectors.ConnectorType;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.kernel.internal.GraphDatabaseAPI;

/**
 * A Neo4j Community server with Bolt on loopback, for the tests: `Neo4jServer.java FOLDER PORT PASSWORD [setting=value …]`. Port 0 takes a
 * free one. Prints {"port":…} when it answers; ends cleanly when its standard input ends, so that it never outlives who started it.
 */
class Neo4jServer {
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    Properties settings = new Properties();
    settings.putAll(
        Map.of(
            "server.bolt.enabled", "true",
            "server.bolt.listen_address", "127.0.0.1:" + args[1],
            "server.http.enabled", "false",
            "server.https.enabled", "false",
            "dbms.security.auth_enabled", "true",
            "dbms.usage_report.enabled", "false",
            "server.memory.pagecache.size", "128m",
            "db.tx_log.rotation.retention_policy", "keep_none"));
    for (int index = 3; index < args.length; index += 1) {
      String[] setting = args[index].split("=", 2);
      settings.setProperty(setting[0], setting[1]);
    }
    Files.createDirectories(folder);
    Path file = folder.resolve("polyclinic-test.conf");
    try (var out = Files.newOutputStream(file)) {
      settings.store(out, null);
    }
    DatabaseManagementService service = new DatabaseManagementServiceBuilder(folder).loadPropertiesFromFile(file).build();
    setPassword(service, args[2]);
    var ports = ((GraphDatabaseAPI) service.database("neo4j")).getDependencyResolver().resolveDependency(ConnectorPortRegister.class);
    System.out.println("{\"port\":" + ports.getLocalAddress(ConnectorType.BOLT).getPort() + "}");
    while (System.in.read() >= 0) {}
    service.shutdown();
  }

  /** In this process nobody has to sign in: that sets the password, which is never sent. */
  private static void setPassword(DatabaseManagementService service, String password) throws InterruptedException {
    for (int attempt = 1; ; attempt += 1) {
      try (var transaction = service.database("system").beginTx()) {
        transaction.execute("ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED", Map.of("password", password)).close();
        transaction.commit();
        return;
      } catch (RuntimeException refused) {
        // A folder that was used before has this password already, and setting the same one is refused.
        if (String.valueOf(refused.getMessage()).contains("same")) return;
        // A machine under load may not have made the user yet.
        if (attempt == 20) {
          System.err.println(refused);
          System.exit(1);
        }
        Thread.sleep(1000);
      }
    }
  }
}
