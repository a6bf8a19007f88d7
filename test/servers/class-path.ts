import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { access, mkdir, readFile, rename } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const KEPT = fileURLToPath(new URL("../../node_modules/.cache/polyclinic-servers/", import.meta.url));
const run = promisify(execFile);

type Server = "neo4j" | "mongo";

let last: Promise<unknown> = Promise.resolve();

/**
 * The class path of a server, from Maven Central the first time and from the local repository afterwards. Throws with Maven's own words
 * when it cannot be had. Servers that are started together ask one after the other: two Mavens would write the same files.
 */
export function classPath(server: Server): Promise<string> {
  const asked = last.then(() => findClassPath(server));
  last = asked.catch(() => undefined);
  return asked;
}

async function findClassPath(server: Server): Promise<string> {
  const pom = join(HERE, `${server}.pom.xml`);
  const digest = createHash("sha256")
    .update(await readFile(pom))
    .digest("hex")
    .slice(0, 16);
  const file = join(KEPT, `${server}-${digest}.classpath`);
  const known = await readFile(file, "utf8").catch(() => null);
  if (known !== null && (await allThere(known))) return known;
  await mkdir(KEPT, { recursive: true });
  const draft = `${file}.${process.pid}`;
  const goal = ["dependency:build-classpath", `-Dmdep.outputFile=${draft}`];
  for (let attempt = 1; ; attempt += 1) {
    try {
      await run("mvn", ["--quiet", "--batch-mode", "--file", pom, ...goal], { maxBuffer: 16e6 });
      break;
    } catch (error) {
      if (attempt === 2) throw new Error(`Maven could not fetch the ${server} server: ${error instanceof Error ? error.message : error}`);
    }
  }
  await rename(draft, file);
  return readFile(file, "utf8");
}

async function allThere(path: string): Promise<boolean> {
  const found = await Promise.all(
    path
      .trim()
      .split(delimiter)
      .map((jar) =>
        access(jar).then(
          () => true,
          () => false,
        ),
      ),
  );
  return found.every(Boolean);
}
