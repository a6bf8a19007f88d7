import { spawn, spawnSync } from "node:child_process";
import { findJava } from "./machine.ts";
import { ROOT } from "./run-step.ts";

// `npm run dev:servers`: the servers of `docker-compose.yml` where a Docker engine runs, else the ones that the tests start (Java 17 and
// Maven). Both stay until Ctrl+C and say what to export for `npm run host`.

const works = (command: string, ...args: string[]) => spawnSync(command, args, { stdio: "ignore", timeout: 20_000 }).status === 0;

function run(command: string, args: string[]): void {
  const child = spawn(command, args, { cwd: ROOT, stdio: "inherit" });
  // The child gets Ctrl+C too and ends the servers; this waits for it.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void child.kill(signal));
  child.once("error", (error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
  child.once("exit", (code) => {
    process.exitCode = code ?? 1;
  });
}

if (works("docker", "info")) {
  const password = process.env["NEO4J_PASSWORD"] ?? "clinic-dev-2026";
  const addresses = `NEO4J_URI=bolt://127.0.0.1:7687 NEO4J_USER=neo4j NEO4J_PASSWORD=${password}`;
  console.log(`export ${addresses} 'MONGODB_URI=mongodb://127.0.0.1:27017/polyclinic?replicaSet=rs0'`);
  console.log("Neo4j Browser: http://127.0.0.1:7474   mongo-express: http://127.0.0.1:8081 (user developer)");
  run("docker", ["compose", "--profile", "dev", "up"]);
} else if ("path" in findJava()) {
  console.log(
    "No Docker engine here: a Neo4j and a server of MongoDB's protocol come from Maven Central. What they hold is gone at the end.",
  );
  run(process.execPath, ["test/servers/run.ts"]);
} else {
  console.error("Neither a Docker engine nor Java 17 with Maven is here: install one of them, then start this again.");
  process.exitCode = 1;
}
