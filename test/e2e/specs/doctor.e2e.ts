import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { doctorPage } from "../pages/doctor-page.ts";
import { checkAxe, type E2eWorld, faults, openE2eWorld, SAMPLE_PASSWORD, shot } from "../world.ts";

interface Whole {
  encounter: { id: string; status: string; patientId: string };
  observations: { kind: string; value: number | null; text: string | null }[];
  diagnoses: { code: string; certainty: string }[];
  notes: { kind: string; reason: string | null; sections: { complaint: string; examination: string; plan: string } }[];
}

let world: E2eWorld;
beforeAll(async () => {
  world = await openE2eWorld();
});
afterAll(() => world.close());

/** The visit that the address of the page names, as the host has it. */
async function visitOf(page: Page, username: string): Promise<Whole> {
  const encounterId = new URLSearchParams(new URL(page.url()).hash.split("?")[1]).get("visit");
  return world.call<Whole>(username, "encounters/getEncounter", { encounterId });
}

const PATIENCE = { timeout: 20_000, interval: 250 };

/** The unfinished note as the host keeps it. */
async function draftOf(username: string, encounterId: string) {
  const { draft } = await world.call<{ draft: { sections: Whole["notes"][number]["sections"] } | null }>(username, "encounters/getDraft", {
    encounterId,
  });
  return draft?.sections ?? { complaint: "", examination: "", plan: "" };
}

/** The visit of the patient that is still open. */
async function openVisit(patientId: string): Promise<string> {
  const { items } = await world.call<{ items: { id: string; status: string }[] }>("doctor", "encounters/listEncounters", { patientId });
  return items.find(({ status }) => status === "open")?.id ?? "";
}

/** An account of a nurse, who has changed the first password to the one that all accounts of the sample have. */
async function nurse(username: string): Promise<void> {
  const password = "a quiet morning in May";
  await world.call("admin", "staff/createUser", { username, password, displayName: "Noor Saleh", roles: ["nurse"] });
  const { token } = await world.call<{ token: string }>(null, "session/signIn", { username, password });
  const response = await fetch(`${world.host.url}/api/session/changePassword`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ currentPassword: password, newPassword: SAMPLE_PASSWORD }),
  });
  expect(response.status).toBe(200);
}

const JOURNEYS = [
  {
    ...{
      language: "en" as const,
      role: "doctor",
      bp: "bp 148/92, t 38.1",
      high: "High",
      complaint: "Facial pain and green discharge for 11 days.",
    },
    ...{ examination: "Tender over both sinuses.", plan: "Rinse, review in a week.", completed: /Completed/ },
  },
  {
    ...{ language: "ar" as const, role: "s.nasr", bp: "ضغط ١٤٨/٩٢، حرارة ٣٨٫١", high: "مرتفع", complaint: "ألم في الوجه منذ 11 يومًا." },
    ...{ examination: "إيلام فوق الجيبين.", plan: "غسول، ومراجعة بعد أسبوع.", completed: /مكتملة/ },
  },
] as const;

describe.each(JOURNEYS)("the doctor's day in $language", ({ language, role, bp, high, complaint, examination, plan, completed }) => {
  it("begins the next visit, writes, survives a reload, signs and completes", async () => {
    const page = await world.signedIn({ role, language });
    const screen = doctorPage(page);
    await screen.next.waitFor();
    await shot(page, "doctor-day");
    expect(await checkAxe(page)).toEqual([]);

    await page.keyboard.press("F9");
    await screen.finding.fill(bp);
    await screen.finding.press("Enter");
    await screen.findings.getByText("148/92 mmHg").waitFor();
    await screen.findings.getByText("38.1 °C").waitFor();
    await screen.values.getByText("148/92").waitFor();
    expect(await screen.findings.getByText(high, { exact: true }).count()).toBe(2);

    await screen.diagnosis.fill("acute maxillary sinusitis");
    await page.getByRole("option", { name: /J01\.00/ }).waitFor();
    await shot(page, "doctor-diagnosis");
    await page.getByRole("option", { name: /J01\.00/ }).click();
    await screen.diagnoses.getByText("J01.00").waitFor();

    await screen.complaint.fill(complaint);
    await screen.examination.fill(examination);
    const { encounter } = await visitOf(page, role);
    await expect.poll(() => draftOf(role, encounter.id), PATIENCE).toEqual({ complaint, examination, plan: "" });
    await screen.draftSaved.waitFor();
    await page.reload();
    await screen.complaint.waitFor();
    expect(await screen.complaint.inputValue()).toBe(complaint);
    expect(await screen.examination.inputValue()).toBe(examination);

    await screen.plan.fill(plan);
    await shot(page, "doctor-note");
    expect(await checkAxe(page)).toEqual([]);
    await page.keyboard.press("Control+Enter");
    await screen.signedNotes.getByText(plan).waitFor();
    expect(await screen.complaint.inputValue()).toBe("");
    await screen.complete.click();
    await screen.visit.getByText(completed).waitFor();
    await shot(page, "doctor-visit-read");
    expect(await checkAxe(page)).toEqual([]);

    const visit = await visitOf(page, role);
    expect(visit.encounter.status).toBe("completed");
    expect(visit.notes.map(({ sections }) => sections)).toEqual([{ complaint, examination, plan }]);
    expect(visit.diagnoses.map(({ code, certainty }) => [code, certainty])).toEqual([["J01.00", "confirmed"]]);
    expect(visit.observations.map(({ kind, value }) => [kind, value]).sort()).toEqual([
      ["8310-5", 38.1],
      ["8462-4", 92],
      ["8480-6", 148],
    ]);

    await screen.amend.click();
    await screen.amendReason.fill("The side was missing");
    await screen.examination.fill("Right side only.");
    await page.keyboard.press("Control+Enter");
    await screen.signedNotes.getByText("Right side only.").waitFor();
    const amended = await visitOf(page, role);
    expect(amended.encounter.status).toBe("amended");
    expect(amended.notes.map(({ kind, reason }) => [kind, reason])).toEqual([
      ["note", null],
      ["amendment", "The side was missing"],
    ]);
    expect(faults(page)).toEqual([]);
    await page.context().close();
  }, 180_000);
});

describe("the nurse", () => {
  it("sees everybody's day, measures in the open visit, and neither diagnoses nor completes", async () => {
    await nurse("n.saleh");
    const page = await world.signedIn({ role: "n.saleh" });
    const screen = doctorPage(page);
    await screen.day.getByRole("button").nth(6).waitFor();
    await shot(page, "nurse-day");
    await screen.day.getByRole("button", { name: /Layla Haddad/ }).click();
    await screen.finding.fill("spo2 95, wt 71.5");
    await screen.finding.press("Enter");
    await screen.findings.getByText("71.5 kg").waitFor();
    expect(await screen.diagnosis.count()).toBe(0);
    expect(await screen.complete.count()).toBe(0);
    await shot(page, "nurse-visit");
    expect(await checkAxe(page)).toEqual([]);
    expect(faults(page)).toEqual([]);
    await page.context().close();
  });
});

describe("the chart", () => {
  it("of a stranger opens only by break-glass, which the administrator sees", async () => {
    const { items } = await world.call<{ items: { id: string }[] }>("doctor", "patients/listRoster", { pageSize: 100 });
    const mine = await world.call<{ items: { id: string }[] }>("doctor", "patients/listRoster", {
      pageSize: 100,
      doctorId: (await world.call<{ user: { externalId: string } }>("doctor", "session/whoAmI", {})).user.externalId,
    });
    const strangers = items.filter(({ id }) => !mine.items.some((own) => own.id === id));
    const stranger = strangers[0]?.id as string;
    const page = await world.signedIn({ role: "doctor" });
    const screen = doctorPage(page);
    await screen.next.or(screen.day).first().waitFor();
    await screen.findAnyone(stranger);
    await screen.breakGlassReason.waitFor();
    await shot(page, "doctor-break-glass");
    expect(await checkAxe(page)).toEqual([]);
    await screen.openChart.click();
    expect(await screen.timeline.count()).toBe(0);
    await screen.breakGlassReason.fill("Collapsed in the waiting room");
    await screen.openChart.click();
    await screen.timeline.waitFor();
    await screen.banner.getByText("Opened by break-glass").waitFor();
    await shot(page, "doctor-broken-glass");
    const seen = await world.call<{ items: { patientId: string; reason: string }[] }>("admin", "reports/listBreakGlass", {});
    expect(seen.items.filter(({ patientId }) => patientId === stranger).map(({ reason }) => reason)).toEqual([
      "Collapsed in the waiting room",
    ]);
    await page.context().close();
  });

  it("keeps an allergy, and voids it with a reason; Esc closes the panel", async () => {
    const page = await world.signedIn({ role: "doctor", at: "#/today?patient=P000001&panel=allergies" });
    const screen = doctorPage(page);
    const panel = screen.panel(/Allergies/);
    await panel.getByLabel(/Substance/).fill("Latex");
    await panel.getByRole("combobox", { name: /Severity/ }).click();
    await page.getByRole("option", { name: "mild" }).click();
    await panel.getByLabel("Reaction").fill("Hives");
    await panel.getByRole("button", { name: "Record" }).click();
    await screen.banner.getByText("Latex").waitFor();
    await shot(page, "doctor-allergies");
    expect(await checkAxe(page)).toEqual([]);
    await panel.getByRole("listitem").filter({ hasText: "Latex" }).getByRole("button", { name: "Void" }).click();
    await panel.getByLabel(/Why was it an error/).fill("Meant for another patient");
    await panel.getByLabel(/Why was it an error/).press("Enter");
    await panel.getByText("Meant for another patient").waitFor();
    expect(await screen.banner.getByText("Latex").count()).toBe(0);
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });
    await page.context().close();
  });

  it("keeps the note while the typing goes on without a pause", async () => {
    const page = await world.signedIn({ role: "doctor", at: "#/today?patient=P000001" });
    const screen = doctorPage(page);
    await screen.plan.waitFor();
    await screen.plan.fill("");
    let typed = false;
    const typing = screen.plan.pressSequentially("Rest, fluids, and a walk every day of the week. ".repeat(8), { delay: 100 });
    const ended = typing.then(
      () => (typed = true),
      () => undefined,
    );
    await expect.poll(async () => (await draftOf("doctor", await openVisit("P000001"))).plan, PATIENCE).toMatch(/^Rest/);
    expect(typed).toBe(false);
    await page.context().close();
    await ended;
  });

  it("loses neither text when a note goes on in two windows", async () => {
    const at = "#/today?patient=P000001";
    const one = await world.signedIn({ role: "doctor", at });
    const other = await world.signedIn({ role: "doctor", at });
    const [first, second] = [doctorPage(one), doctorPage(other)];
    await first.plan.waitFor();
    await second.plan.waitFor();
    await first.plan.fill("Written in the first window.");
    const encounterId = await openVisit("P000001");
    await expect.poll(async () => (await draftOf("doctor", encounterId)).plan, PATIENCE).toBe("Written in the first window.");
    await second.plan.fill("Written in the second window.");
    await other.getByText("You went on with this note in another window", { exact: false }).waitFor();
    await shot(other, "doctor-conflict");
    await other.getByRole("button", { name: "Join both" }).click();
    await expect.poll(async () => (await draftOf("doctor", encounterId)).plan, PATIENCE).toContain("second window");
    expect(await second.plan.inputValue()).toContain("first window");
    expect(await second.plan.inputValue()).toContain("second window");
    await other.reload();
    await second.plan.waitFor();
    expect(await second.plan.inputValue()).toContain("first window");
    expect(await second.plan.inputValue()).toContain("second window");
  });

  it.each([
    ["ar", "dark", "normal"],
    ["en", "dark", "normal"],
    ["en", "light", "high"],
  ] as const)("looks right in %s, %s, contrast %s", async (language, theme, contrast) => {
    const page = await world.signedIn({ role: "doctor", language, theme, contrast, at: "#/today?patient=P000001" });
    const screen = doctorPage(page);
    await screen.timeline.waitFor();
    await screen.complaint.waitFor();
    expect(await checkAxe(page)).toEqual([]);
    await shot(page, "doctor-chart");
    expect(faults(page)).toEqual([]);
    await page.context().close();
  });
});
