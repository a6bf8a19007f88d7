import { randomBytes } from "node:crypto";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileSecrets } from "@main/platform/file-secrets.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

let base: string;
let folder: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "polyclinic-secrets-"));
  folder = join(base, "config", "keys");
});
afterEach(async () => {
  await chmod(base, 0o700);
  await rm(base, { recursive: true, force: true });
});

describe("secrets in files", () => {
  it("come back as they were kept, also to another instance; what was never kept is null", async () => {
    const key = randomBytes(32);
    await fileSecrets(folder).set("files-a", key);
    expect(await fileSecrets(folder).get("files-a")).toEqual(key);
    expect(await fileSecrets(folder).get("files-b")).toBeNull();
  });

  it("are readable by their owner alone, and leave no drafts", async () => {
    await fileSecrets(folder).set("files-a", randomBytes(32));
    await fileSecrets(folder).set("files-a", randomBytes(32));
    expect(await readdir(folder)).toEqual(["files-a.key"]);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, "files-a.key"))).mode & 0o777).toBe(0o600);
  });

  it("say where they lie and what is wrong with that place", async () => {
    const secrets = fileSecrets(folder);
    expect(secrets.place).toContain(folder);
    await mkdir(join(base, "config"));
    await writeFile(folder, "a file where the folder should be");
    await expect(secrets.set("a", randomBytes(32))).rejects.toMatchObject({
      code: "store-unavailable",
      message: expect.stringMatching(/key folder .*keys cannot be written \(\w+\)\. Name another one with --keys/),
    });
    await expect(secrets.get("a")).rejects.toMatchObject({ code: "store-unavailable", message: expect.stringContaining("a.key") });
    expect(await readFile(folder, "utf8")).toBe("a file where the folder should be");
  });

  it.each(["../outside", "a/b", "", "A", "a.key"])("take no name that is not a plain one: %j", async (name) => {
    await expect(fileSecrets(folder).get(name)).rejects.toBeInstanceOf(TypeError);
    await expect(async () => fileSecrets(folder).set(name, randomBytes(32))).rejects.toBeInstanceOf(TypeError);
    expect(await readdir(base)).toEqual([]);
  });
});
