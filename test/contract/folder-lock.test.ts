import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { takeSqliteLock } from "@main/data/documents/sqlite-lock.ts";
import { lockFolder } from "@main/platform/folder-lock.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startWriter, type WriterChild } from "./writer-child.ts";

describe("the lock of a data folder", () => {
  let folder: string;
  const children: WriterChild[] = [];
  const start = () => {
    const child = startWriter(folder, "a");
    children.push(child);
    return child;
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "lock-"));
  });
  afterEach(async () => {
    await Promise.all(children.splice(0).map((child) => child.kill()));
    await rm(folder, { recursive: true });
  });

  it("refuses a second holder in the same process until the first lets go", async () => {
    const lock = await lockFolder(folder, takeSqliteLock);
    await expect(lockFolder(folder, takeSqliteLock)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining(`process ${process.pid}`),
    });
    await lock.release();
    await lock.release();
    await (await lockFolder(folder, takeSqliteLock)).release();
  });

  it("refuses another process and names the one that holds it", async () => {
    const first = start();
    await first.line("ready");
    const refusal = await start().line("refused");
    expect(refusal).toContain("conflict");
    expect(refusal).toContain(`process ${first.child.pid}`);
    await expect(lockFolder(folder, takeSqliteLock)).rejects.toMatchObject({ code: "conflict" });
  });

  it("lets one of several instances in when all start at once", async () => {
    const all = [start(), start(), start()];
    const first = await Promise.all(all.map((child) => Promise.race([child.line("ready"), child.line("refused")])));
    expect(first.filter((line) => line === "ready")).toHaveLength(1);
  });

  it("is free at once after its holder was killed", async () => {
    const holder = start();
    await holder.line("ready");
    await holder.kill();
    expect(await readFile(join(folder, "lock.holder"), "utf8")).toBe(String(holder.child.pid));
    await (await lockFolder(folder, takeSqliteLock)).release();
  });

  it("is not held by a stale holder file, nor by one of garbage", async () => {
    await writeFile(join(folder, "lock.holder"), "not a pid\n");
    const lock = await lockFolder(folder, takeSqliteLock);
    await writeFile(join(folder, "lock.holder"), "not a pid\n");
    await expect(lockFolder(folder, takeSqliteLock)).rejects.toThrow("another process");
    await lock.release();
  });

  it("names the cause when the folder cannot take a lock file", async () => {
    await expect(lockFolder(join(folder, "missing"), takeSqliteLock)).rejects.toMatchObject({ code: "store-unavailable" });
  });

  it("is taken though the lock file itself is garbage", async () => {
    await writeFile(join(folder, "lock.sqlite"), "garbage ".repeat(1000));
    const lock = await lockFolder(folder, takeSqliteLock);
    await expect(lockFolder(folder, takeSqliteLock)).rejects.toMatchObject({ code: "conflict" });
    await lock.release();
  });
});
