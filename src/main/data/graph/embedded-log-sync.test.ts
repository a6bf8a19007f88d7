import { appendFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LogSync } from "./embedded-log-sync.ts";

let folder: string;
let file: string;
const segment = (number: number) => join(`${file}.wal`, `wal_${String(number).padStart(20, "0")}.log`);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "polyclinic-log-sync-"));
  file = join(folder, "graph.grafeo");
  await mkdir(`${file}.wal`);
  await writeFile(file, "main");
  await writeFile(segment(0), "log");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("the sync of the log", () => {
  it("serves with one sync all commits that wait while another runs", async () => {
    const log = new LogSync(file);
    await Promise.all(Array.from({ length: 50 }, () => log.durable()));
    expect(log.commits).toBe(50);
    expect(log.syncs).toBe(2);
    await log.close();
  });

  it("follows the log over checkpoints, which remove segments and begin others", async () => {
    const log = new LogSync(file);
    for (let number = 0; number < 5; number += 1) {
      await appendFile(segment(number), "commit");
      await log.durable();
      await rm(segment(number));
      await writeFile(segment(number + 1), "log");
    }
    await log.durable();
    expect(log.syncs).toBe(6);
    await log.close();
  });

  it("acknowledges nothing when there is no log to sync", async () => {
    const log = new LogSync(file);
    await rm(`${file}.wal`, { recursive: true });
    await expect(log.durable()).rejects.toThrow("ENOENT");
    expect(log.commits).toBe(0);
    await log.close();
  });
});
