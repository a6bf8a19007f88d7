import { NEO4J_PASSWORD, startMongo, startNeo4j } from "./start.ts";

// `node test/servers/run.ts`: servers that stay until Ctrl+C, and what to export so that tests and the host use them.
const [neo4j, mongodb] = await Promise.all([startNeo4j(), startMongo()]);
console.log(
  `export NEO4J_URI=${neo4j.uri} NEO4J_USER=${neo4j.user} NEO4J_PASSWORD=${NEO4J_PASSWORD} MONGODB_URI=${mongodb.uri}/polyclinic`,
);
const stop = async () => {
  await Promise.all([neo4j.remove(), mongodb.stop()]);
  process.exit(0);
};
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop());
