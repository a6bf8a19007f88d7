import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type HostProcess, startHostProcess } from "./host-process.ts";

let folder: string;
let host: HostProcess;
let certificate: string;
const address = "127.0.0.1";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "polyclinic-tls-"));
  const [cert, key] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  const subject = ["-subj", "/CN=clinic.test", "-addext", `subjectAltName=DNS:clinic.test,IP:${address}`];
  await promisify(execFile)("openssl", [
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-days",
    "2",
    "-keyout",
    key,
    "-out",
    cert,
    ...subject,
  ]);
  certificate = await readFile(cert, "utf8");
  const options = ["--host", address, "--tls-cert", cert, "--tls-key", key, "--names", "clinic.test:7420"];
  host = startHostProcess(["--data", join(folder, "data"), "--port", "0", ...options]);
  await host.ready;
}, 120_000);
afterAll(async () => {
  host.child.kill("SIGTERM");
  await host.ended;
  await rm(folder, { recursive: true, force: true });
});

function get(path: string, headers: Record<string, string> = {}): Promise<{ status: number; headers: Record<string, unknown> }> {
  return host.ready.then(
    ({ url }) =>
      new Promise((resolve, reject) => {
        request(new URL(path, url), { ca: certificate, headers, servername: "clinic.test" }, (response) => {
          response.resume();
          resolve({ status: response.statusCode ?? 0, headers: response.headers });
        })
          .on("error", reject)
          .end();
      }),
  );
}

describe("the host with a certificate", { timeout: 60_000 }, () => {
  it("speaks TLS at its address and asks browsers to stay with it", async () => {
    expect((await host.ready).url).toMatch(`https://${address}:`);
    const health = await get("/health");
    expect([health.status, health.headers["strict-transport-security"]]).toEqual([200, expect.stringContaining("max-age")]);
  });

  it("answers to its names only", async () => {
    const asked = async (name: string) => (await get("/health", { host: name })).status;
    expect([await asked("clinic.test:7420"), await asked("evil.test")]).toEqual([200, 403]);
  });
});
