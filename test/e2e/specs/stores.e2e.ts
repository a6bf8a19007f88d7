import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shellPage } from "../pages/shell-page.ts";
import { storesPage } from "../pages/stores-page.ts";
import { checkAxe, type E2eWorld, faults, openE2eWorld, SAMPLE_PASSWORD, shot } from "../world.ts";

const LOOKS = [
  ["en", "light"],
  ["ar", "dark"],
] as const;
const ALL_LOOKS = [
  ["en", "light", "normal"],
  ["ar", "dark", "normal"],
  ["en", "light", "high"],
] as const;
/** Nothing listens there: the port of "discard" is nobody's on these machines. */
const NOBODY = { neo4j: "bolt://127.0.0.1:9", mongodb: "mongodb://127.0.0.1:9" };

describe("the settings of the stores", () => {
  let world: E2eWorld;
  beforeAll(async () => {
    world = await openE2eWorld();
  });
  afterAll(() => world.close());

  it.each(ALL_LOOKS)("say what is wrong with a server that is tried, step by step (%s, %s, %s)", async (language, theme, contrast) => {
    const page = await world.signedIn({ role: "admin", language, theme, contrast, at: "#/admin/system" });
    const stores = storesPage(page, language);
    await stores.open.click();
    await page.waitForURL(/#\/admin\/system\/stores/);
    await stores.mode("servers").click();
    await stores.fill("neo4j", "graph.clinic.example", "not-a-secret");
    await stores
      .server("neo4j")
      .getByRole("button", { name: stores.system("stores.neo4j.test") })
      .click();
    await page
      .getByText(/neo4j\+s:\/\/graph\.clinic\.example:7687/)
      .nth(1)
      .waitFor();
    await stores.fill("neo4j", NOBODY.neo4j);
    await stores.fill("mongodb", NOBODY.mongodb);
    await stores.test("neo4j");
    await stores.test("mongodb");
    for (const name of ["neo4j", "mongodb"] as const) {
      const lines = await stores.report(name).getByRole("listitem").allTextContents();
      expect(lines.find((line) => line.includes(stores.system("stores.steps.address")))).toContain(
        stores.system("stores.stepStates.failed"),
      );
      expect(lines.find((line) => line.includes(stores.system("stores.steps.rights")))).toContain(
        stores.system("stores.stepStates.not-tried"),
      );
    }
    await shot(page, "stores-settings");
    expect(await checkAxe(page)).toEqual([]);
    // A report is of what was tried: other settings have none.
    await stores.fill("neo4j", "bolt://127.0.0.1:10");
    await stores.report("neo4j").waitFor({ state: "detached" });
    expect(faults(page)).toEqual([]);
    await page.context().close();
  });

  it("ask before the place changes, prove who it is, keep them for the next start and show no password", async () => {
    const page = await world.signedIn({ role: "admin", at: "#/admin/system/stores" });
    const stores = storesPage(page, "en");
    await stores.mode("servers").click();
    await stores.fill("neo4j", NOBODY.neo4j, "a-password-of-neo4j");
    await stores.fill("mongodb", NOBODY.mongodb);
    await stores.save.click();
    await stores.question.getByText(/polyclinic migrate/).waitFor();
    await shot(page, "stores-question");
    await stores.question.getByRole("button", { name: "Cancel" }).click();
    expect(await world.call("admin", "system/getConfiguration", {})).toMatchObject({ mode: "embedded", restartRequired: false });
    await stores.save.click();
    await stores.question.getByRole("button", { name: stores.system("stores.moveConfirm") }).click();
    // A session that has just begun needs no second proof; this one gets it where it is asked.
    const shell = shellPage(page);
    await Promise.race([shell.proof.waitFor(), page.getByText(stores.system("stores.restartRequired")).waitFor()]);
    if (await shell.proof.isVisible()) await shell.prove(SAMPLE_PASSWORD);
    await page.getByText(stores.system("stores.restartRequired")).waitFor();
    await page.getByRole("button", { name: stores.system("stores.restart") }).waitFor();
    await shot(page, "stores-kept");
    const kept = await world.call<{ passwords: object }>("admin", "system/getConfiguration", {});
    expect(kept).toMatchObject({ mode: "servers", restartRequired: true, passwords: { neo4j: true, mongodb: false } });
    expect(JSON.stringify(kept)).not.toContain("a-password-of-neo4j");
    expect(await page.content()).not.toContain("a-password-of-neo4j");
    // The clinic goes on where it is until the next start.
    expect(await world.call("admin", "system/getHealth", {})).toMatchObject({ mode: "embedded", status: "ok" });
    await page.context().close();
  });
});

describe("the first run", () => {
  it("offers to join a clinic's servers, tries them and keeps the way back", async () => {
    const world = await openE2eWorld({ sample: false });
    try {
      for (const [language, theme] of LOOKS) {
        const page = await world.open({ language, theme });
        const stores = storesPage(page, language);
        await stores.joinCard.click();
        await stores.fill("neo4j", NOBODY.neo4j);
        // Nobody is signed in: a password that is kept is not theirs to use.
        await stores
          .server("neo4j")
          .getByRole("button", { name: stores.system("stores.neo4j.test") })
          .click();
        await page.getByText(stores.system("stores.refused.password")).waitFor();
        await stores.fill("neo4j", NOBODY.neo4j, "not-a-secret");
        await stores.test("neo4j");
        await page.getByText(stores.system("stores.testFailed")).waitFor();
        await shot(page, "join-servers");
        expect(await checkAxe(page)).toEqual([]);
        expect(faults(page)).toEqual([]);
        await page.context().close();
      }
      expect(await world.call(null, "setup/getStatus", {})).toMatchObject({ state: "empty" });
    } finally {
      await world.close();
    }
  });
});
