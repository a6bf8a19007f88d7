import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readWorkstation } from "./workstation.ts";

let root: string;
let data: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "polyclinic-workstation-"));
  data = join(root, "data");
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe("the workstation", () => {
  it("is made once, with the computer's name, for its owner alone", async () => {
    const made = await readWorkstation(data);
    expect(made).toEqual({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), name: hostname() });
    expect(await readWorkstation(data)).toEqual(made);
    if (process.platform !== "win32") expect((await stat(join(data, "workstation.json"))).mode & 0o777).toBe(0o600);
  });

  it("is the same one for several that come at once, and leaves nothing else behind", async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => readWorkstation(data)));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    expect(await readdir(data)).toEqual(["workstation.json"]);
  });

  it("is called what is configured and stays itself", async () => {
    const { id } = await readWorkstation(data);
    expect(await readWorkstation(data, "Desk 2")).toEqual({ id, name: "Desk 2" });
    expect(await readWorkstation(data)).toEqual({ id, name: hostname() });
  });

  it.each(["", "{}", '{"id":"1","name":"x"}'])("is refused damaged (%j) and not made anew", async (content) => {
    await readWorkstation(data);
    await writeFile(join(data, "workstation.json"), content);
    await expect(readWorkstation(data)).rejects.toMatchObject({
      code: "invalid-input",
      message: expect.stringContaining("workstation.json"),
    });
    expect(await readFile(join(data, "workstation.json"), "utf8")).toBe(content);
  });
});
