import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newPatient, visitToday } from "../clinic-data.ts";
import { doctorPage } from "../pages/doctor-page.ts";
import { patientsPage } from "../pages/patients-page.ts";
import { storesPage } from "../pages/stores-page.ts";
import { openServerWorld, type ServerWorld } from "../server-world.ts";
import { checkAxe, SAMPLE_PASSWORD, shot } from "../world.ts";

const LOOKS = [
  ["en", "light"],
  ["ar", "dark"],
] as const;
const ALL_LOOKS = [
  ["en", "light", "normal"],
  ["ar", "dark", "normal"],
  ["en", "light", "high"],
] as const;
const TOLD_WITHIN_MS = 3_000;
/** A server that is back is found by tries that are up to 15 s apart. */
const FOUND = { timeout: 45_000 };
/** The first time their schema is made, too. */
const PREPARED = { timeout: 120_000 };

let world: ServerWorld;
beforeAll(async () => {
  world = await openServerWorld();
}, 300_000);
afterAll(() => world?.close());

describe("servers that are away at the start", () => {
  it.each(ALL_LOOKS)(
    "are told with what is wrong, what IT does and when they are tried again (%s, %s, %s)",
    async (language, theme, contrast) => {
      const page = await world.open({ language, theme, contrast });
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
    },
  );

  it("are used as soon as they are there, without a reload", async () => {
    const page = await world.open();
    const stores = storesPage(page, "en");
    await stores.away.waitFor();
    await page.evaluate(() => Object.assign(window, { stands: true }));
    world.network.graph.down(false);
    world.network.documents.down(false);
    await stores.tryNow.click();
    await page.waitForURL(/#\/setup/, PREPARED);
    await page.getByText(stores.setup("leadServers")).waitFor();
    expect(await stores.joinCard.count()).toBe(0);
    expect(await page.evaluate(() => (window as { stands?: boolean }).stands)).toBe(true);
    await page.context().close();
  }, 180_000);
});

/** A clinic on the servers with one doctor, who also works the desk. */
async function foundClinic(): Promise<void> {
  const place = { name: "Cedar Street Polyclinic", timeZone: "Asia/Amman", currency: "JOD", languages: ["en", "ar"] };
  await world.call(null, "setup/createClinic", {
    ...place,
    admin: { username: "admin", displayName: "Reem Barakat", password: SAMPLE_PASSWORD },
  });
  const department = await world.call<{ id: string }>("admin", "clinic/createDepartment", { name: "Family medicine" });
  const doctor = await world.call<{ id: string }>("admin", "clinic/createDoctor", { departmentId: department.id, name: "Dr Suad Nasr" });
  const first = { username: "reception", password: "a quiet morning in May" };
  await world.call("admin", "staff/createUser", {
    ...first,
    displayName: "Suad Nasr",
    roles: ["doctor", "reception"],
    externalId: doctor.id,
  });
  const { token } = await world.call<{ token: string }>(null, "session/signIn", first);
  const response = await fetch(`${world.host.url}/api/session/changePassword`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ currentPassword: first.password, newPassword: SAMPLE_PASSWORD }),
  });
  expect(response.status).toBe(200);
}

describe("a server that is lost in mid-session", () => {
  beforeAll(foundClinic, 120_000);

  it.each(LOOKS)(
    "is one of those that the system screen names, with this workstation and what is used of them (%s, %s)",
    async (language, theme) => {
      const page = await world.signedIn({ role: "admin", language, theme, at: "#/admin/system" });
      const { system } = storesPage(page, language);
      await page.getByText(system("thisWorkstation")).waitFor();
      await page.getByText(system("featureNames.full-text-index"), { exact: true }).waitFor();
      await page.getByText(system("featureUsed")).first().waitFor();
      // Whatever is counted has a name in the reader's words.
      const named = await page.locator("dt").allTextContents();
      expect(named.filter((name) => /^[a-z]/.test(name))).toEqual([]);
      await shot(page, "system-servers");
      await page.getByText(system("featureUsed")).last().scrollIntoViewIfNeeded();
      await shot(page, "system-servers-features");
      expect(await checkAxe(page)).toEqual([]);
      await page.context().close();
    },
  );

  it.each(LOOKS)(
    "leaves what is typed, says what waits and keeps the draft when it is back (%s, %s)",
    async (language, theme) => {
      const { graph, documents } = world.network;
      const patient = await newPatient(world, { givenName: "Nadia", familyName: language === "en" ? "Karam" : "Saleh" });
      const appointment = await visitToday(world, patient);
      const begin = { appointmentId: appointment.id, key: randomUUID() };
      const { id: encounterId } = await world.call<{ id: string }>("reception", "encounters/startEncounter", begin);
      const at = `#/today?patient=${patient.id}&visit=${encounterId}`;
      const page = await world.signedIn({ role: "reception", language, theme, at });
      const stores = storesPage(page, language);
      const doctor = doctorPage(page);
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
      const { draft } = await world.call<{ draft: { sections: { complaint: string } } }>("reception", "encounters/getDraft", {
        encounterId,
      });
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

  it("brings whoever loads the page meanwhile back to where they were", async () => {
    const patient = await newPatient(world, { givenName: "Huda", familyName: "Tamimi" });
    const page = await world.signedIn({ role: "reception", at: `#/patients?patient=${patient.id}` });
    const stores = storesPage(page, "en");
    const { name } = patientsPage(page, "en");
    await name.getByText("Huda Tamimi").waitFor();
    for (const server of Object.values(world.network)) server.down(true);
    await page.reload();
    await stores.away.waitFor();
    expect(await name.count()).toBe(0);
    for (const server of Object.values(world.network)) server.down(false);
    await name.getByText("Huda Tamimi").waitFor(FOUND);
    expect(new URL(page.url()).hash).toBe(`#/patients?patient=${patient.id}`);
    await page.context().close();
  }, 120_000);
});
