import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { doctorPage } from "../pages/doctor-page.ts";
import { storesPage } from "../pages/stores-page.ts";
import { openServerWorld, type ServerWorld } from "../server-world.ts";
import { checkAxe, shot } from "../world.ts";

const LOOKS = [
  ["en", "light"],
  ["ar", "dark"],
] as const;
const TOLD_WITHIN_MS = 3_000;
/** A server that is back is found by tries that are up to 15 s apart. */
const FOUND = { timeout: 45_000 };

let world: ServerWorld;
beforeAll(async () => {
  world = await openServerWorld();
}, 300_000);
afterAll(() => world?.close());

describe("servers that are away at the start", () => {
  it.each(LOOKS)("are told with what is wrong, what IT does and when they are tried again (%s, %s)", async (language, theme) => {
    const page = await world.open({ language, theme });
    const stores = storesPage(page, language);
    const opened = performance.now();
    await stores.away.waitFor();
    expect(performance.now() - opened).toBeLessThan(TOLD_WITHIN_MS);
    for (const store of ["graph", "documents"] as const) {
      await stores.store(store).getByText(stores.shell("stores.cause.address")).waitFor();
      await stores.store(store).getByText(stores.shell("stores.remedy.address")).waitFor();
    }
    await page.getByText("npm run doctor").waitFor();
    await expect.poll(() => stores.countDown.textContent()).toMatch(/\d|واحدة|ثانيتين/);
    await shot(page, "stores-away-start");
    expect(await checkAxe(page)).toEqual([]);
    await stores.tryNow.click();
    await stores.away.waitFor();
    await page.context().close();
  });

  it("are used as soon as they are there, without a reload; the sample clinic is loaded onto them", async () => {
    const page = await world.open();
    const stores = storesPage(page, "en");
    await stores.away.waitFor();
    await page.evaluate(() => Object.assign(window, { stands: true }));
    world.network.graph.down(false);
    world.network.documents.down(false);
    await stores.tryNow.click();
    await page.waitForURL(/#\/setup/, FOUND);
    await page.getByText(stores.setup("leadServers")).waitFor();
    expect(await stores.joinCard.count()).toBe(0);
    expect(await page.evaluate(() => (window as { stands?: boolean }).stands)).toBe(true);
    await world.call(null, "setup/loadSampleClinic", { patients: 10 });
    await page.waitForURL(/#\/sign-in/, FOUND);
    await page.context().close();
  }, 240_000);
});

describe("a server that is lost in mid-session", () => {
  it.each(LOOKS)(
    "leaves what is typed, says what waits and keeps the draft when it is back (%s, %s)",
    async (language, theme) => {
      const { graph, documents } = world.network;
      const page = await world.signedIn({ role: "doctor", language, theme });
      const stores = storesPage(page, language);
      const doctor = doctorPage(page);
      await doctor.next.or(doctor.complaint).first().waitFor();
      if (!(await doctor.complaint.isVisible())) await page.keyboard.press("F9");
      await doctor.complaint.fill("Typed before");
      await doctor.draftSaved.waitFor();

      documents.down(true);
      await doctor.complaint.fill("Typed while the trail was away");
      await stores.banner.getByText(stores.shell("stores.away.documents")).waitFor();
      await stores.banner.getByText(stores.shell("stores.documentsAway.other")).waitFor();
      await doctor.visit
        .getByRole("button", { name: stores.shell("stores.hold") })
        .first()
        .waitFor();
      await shot(page, "stores-away-documents");
      documents.down(false);
      await stores.banner.waitFor({ state: "detached", ...FOUND });
      await doctor.draftSaved.waitFor(FOUND);
      expect(await doctor.complaint.inputValue()).toBe("Typed while the trail was away");
      const encounterId = new URLSearchParams(new URL(page.url()).hash.split("?")[1]).get("visit");
      const { draft } = await world.call<{ draft: { sections: { complaint: string } } }>("doctor", "encounters/getDraft", { encounterId });
      expect(draft.sections.complaint).toBe("Typed while the trail was away");

      graph.down(true);
      await doctor.complaint.fill("Typed while the records were away");
      await stores.banner.getByText(stores.shell("stores.graphAway.care")).waitFor();
      await shot(page, "stores-away-graph");
      expect(await checkAxe(page)).toEqual([]);
      graph.down(false);
      await stores.banner.waitFor({ state: "detached", ...FOUND });
      await doctor.draftSaved.waitFor(FOUND);
      await doctor.sign.click();
      await doctor.signedNotes.getByText("Typed while the records were away").waitFor(FOUND);
      await page.context().close();
    },
    180_000,
  );

  it("brings whoever loaded the page meanwhile back to where they were", async () => {
    const page = await world.signedIn({ role: "reception", at: "#/patients" });
    const stores = storesPage(page, "en");
    await page.getByRole("heading", { name: "Patients" }).first().waitFor();
    await world.host.down();
    for (const server of Object.values(world.network)) server.down(true);
    await world.host.up();
    await page.reload();
    await stores.away.waitFor();
    for (const server of Object.values(world.network)) server.down(false);
    await page.getByRole("heading", { name: "Patients" }).first().waitFor(FOUND);
    expect(new URL(page.url()).hash).toMatch(/^#\/patients/);
    await page.context().close();
  }, 120_000);
});
