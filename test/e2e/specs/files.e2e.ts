import { createHash, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { printLetter } from "@main/features/setup/sample/letters.ts";
import { drawRash } from "@main/features/setup/sample/pictures.ts";
import { createRandom } from "@main/features/setup/sample/random.ts";
import { createCanvas } from "@napi-rs/canvas";
import type { RouteOutput } from "@renderer/lib/contract-types.ts";
import type { Download, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { filesPage } from "../pages/files-page.ts";
import { portalPage } from "../pages/portal-page.ts";
import { checkAxe, type E2eWorld, faults, openE2eWorld, shot } from "../world.ts";

type Chart = RouteOutput<"patients", "getChart">;

let world: E2eWorld;
let layla: Chart;
beforeAll(async () => {
  world = await openE2eWorld();
  const { items } = await world.call<RouteOutput<"patients", "search">>("doctor", "patients/search", { text: "Layla Haddad" });
  layla = await world.call<Chart>("doctor", "patients/getChart", { patientId: items[0]?.id });
});
afterAll(() => world.close());

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const bytesOf = async (download: Download) => readFile(await download.path());
const letter = (title: string) =>
  printLetter({
    ...{ title, day: "2026-11-20", patient: "Layla Haddad", patientId: "P000001", doctor: "Dr Reem Barakat" },
    ...{ paragraphs: ["Spirometry after the new inhaler."], values: [{ test: "FEV1", value: "2.9", unit: "L", range: "> 2.4" }] },
  });
const file = (name: string, mimeType: string, bytes: Uint8Array) => ({ name, mimeType, buffer: Buffer.from(bytes) });

/** A picture that does not shrink: several megabytes of noise. */
async function noise(side: number): Promise<Buffer> {
  const canvas = createCanvas(side, side);
  const context = canvas.getContext("2d");
  const pixels = context.createImageData(side, side);
  pixels.data.set(randomBytes(pixels.data.length));
  for (let at = 3; at < pixels.data.length; at += 4) pixels.data[at] = 255;
  context.putImageData(pixels, 0, 0);
  return canvas.encode("png");
}

/** Layla's newest visit that is over and has findings. */
function finishedVisit(): Chart["encounters"][number] {
  const visit = layla.encounters.find(({ status, observationCount }) => status !== "open" && observationCount > 0);
  if (!visit) throw new Error("the sample gives Layla a finished visit with findings");
  return visit;
}

const chartAt = (visit: string) => `#/today?patient=${layla.patient.id}&visit=${visit}&panel=files`;

async function portalFiles(language: "en" | "ar"): Promise<Page> {
  const page = await world.signedIn({ role: "patient", language, size: { width: 390, height: 844 } });
  await portalPage(page, language).tab("record").click();
  return page;
}

describe.each(["en", "ar"] as const)("a PDF from the doctor to the patient in %s", (language) => {
  const name = `spirometry-${language}.pdf`;

  it("is linked to a finding, drawn page by page, and downloaded by the patient byte for byte", async () => {
    const pdf = await letter("Spirometry");
    const page = await world.signedIn({ role: "doctor", language, at: chartAt(finishedVisit().id) });
    const files = filesPage(page, language);
    await files.belongsTo.click();
    await page.getByRole("option").first().click();
    await files.pick.setInputFiles(file(name, "application/pdf", pdf));
    await files.file(name).waitFor();
    await shot(page, "files-panel");
    expect(await checkAxe(page)).toEqual([]);
    const { items } = await world.call<RouteOutput<"files", "listFiles">>("doctor", "files/listFiles", { patientId: layla.patient.id });
    const filed = items.find(({ filename }) => filename === name);
    expect(filed).toMatchObject({ filetype: "application/pdf", filesize: pdf.length, sha256: sha256(pdf) });
    expect(filed?.links.map(({ encounterId }) => encounterId)).toEqual([finishedVisit().id]);

    await files.look(name);
    await expect.poll(() => files.inked()).toBeGreaterThan(500);
    await expect.poll(() => files.viewer.getByText("FEV1").count()).toBeGreaterThan(0);
    await shot(page, "files-pdf");
    expect(await checkAxe(page)).toEqual([]);
    await page.keyboard.press("Escape");
    expect(faults(page)).toEqual([]);

    const portal = await portalFiles(language);
    const theirs = filesPage(portal, language);
    const [download] = await Promise.all([portal.waitForEvent("download"), theirs.download(name).click()]);
    expect(download.suggestedFilename()).toBe(name);
    expect(sha256(await bytesOf(download))).toBe(sha256(pdf));
    await theirs.file(name).scrollIntoViewIfNeeded();
    await shot(portal, "portal-files");
    expect(await checkAxe(portal)).toEqual([]);
    expect(faults(portal)).toEqual([]);
  });
});

describe("a picture", () => {
  it("is dropped on the panel, looked at closely, voided with a reason, and then no longer the patient's to see", async () => {
    const photo = await drawRash(createRandom(7), 9);
    const page = await world.signedIn({ role: "doctor", language: "en", theme: "dark", at: chartAt(finishedVisit().id) });
    const files = filesPage(page, "en");
    const bytes = Buffer.from(photo).toString("base64");
    const data = await page.evaluateHandle((base64) => {
      const transfer = new DataTransfer();
      const binary = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([binary], "forearm.jpg", { type: "image/jpeg" }));
      return transfer;
    }, bytes);
    await files.drop.dispatchEvent("drop", { dataTransfer: data });
    await files.file("forearm.jpg").waitFor();
    await files.look("forearm.jpg");
    const image = files.viewer.locator("img");
    await image.waitFor();
    const width = () => image.evaluate((element) => element.getBoundingClientRect().width);
    const fit = await width();
    await page.keyboard.press("Tab");
    await files.viewer.getByRole("button", { name: "Zoom in" }).click();
    await expect.poll(width).toBeGreaterThan(fit);
    await shot(page, "files-picture");
    expect(await checkAxe(page)).toEqual([]);
    await page.keyboard.press("Escape");

    await files.act("forearm.jpg", "void").click();
    await page.getByRole("textbox", { name: /Why is forearm.jpg voided/ }).fill("Wrong patient");
    await page.getByRole("textbox", { name: /Why is forearm.jpg voided/ }).press("Enter");
    await files.file("forearm.jpg").waitFor({ state: "detached" });
    await files.show("voided").click();
    await files.file("forearm.jpg").getByText("Wrong patient").waitFor();
    const seen = await world.call<RouteOutput<"files", "listFiles">>("patient", "files/listFiles", { patientId: layla.patient.id });
    expect(seen.items.map(({ filename }) => filename)).not.toContain("forearm.jpg");
    expect(faults(page)).toEqual([]);
  });
});

describe("sending a file", () => {
  it("goes on by itself after the connection was cut, and what arrives is what was sent", async () => {
    const scan = await noise(1200);
    const page = await world.signedIn({ role: "doctor", language: "en", at: chartAt(finishedVisit().id) });
    const files = filesPage(page, "en");
    let cuts = 0;
    let arrived = 0;
    await page.route(/\/files\/[0-9a-f-]+\?offset=/, async (route) => {
      cuts += 1;
      // The first try reaches the host only in part, the second not at all.
      if (cuts === 1) {
        const { authorization = "" } = await route.request().allHeaders();
        const part = await fetch(route.request().url(), {
          method: "PUT",
          headers: { authorization, "content-type": "application/octet-stream" },
          body: new Uint8Array(scan.subarray(0, 1_000_000)),
        });
        arrived = ((await part.json()) as { received: number }).received;
        return route.abort("connectionreset");
      }
      return cuts === 2 ? route.abort("connectionreset") : route.continue();
    });
    await files.pick.setInputFiles(file("scan.png", "image/png", scan));
    await files.file("scan.png").waitFor({ timeout: 60_000 });
    expect(cuts).toBeGreaterThanOrEqual(3);
    expect(arrived).toBe(1_000_000);
    const { items } = await world.call<RouteOutput<"files", "listFiles">>("doctor", "files/listFiles", { patientId: layla.patient.id });
    expect(items.find(({ filename }) => filename === "scan.png")).toMatchObject({ sha256: sha256(scan), filesize: scan.length });
  });

  it("says in words why a file is not taken, and keeps nothing of it", async () => {
    const page = await world.signedIn({ role: "doctor", language: "en", at: chartAt(finishedVisit().id) });
    const files = filesPage(page, "en");
    await files.pick.setInputFiles(file("letter.pdf", "application/pdf", Buffer.from("<html><script>alert(1)</script></html>")));
    await files.panel.getByRole("alert").getByText("This kind of file is not accepted.").waitFor();
    await files.panel.getByRole("button", { name: files.say("transfer.dismiss") }).click();
    const { items } = await world.call<RouteOutput<"files", "listFiles">>("doctor", "files/listFiles", { patientId: layla.patient.id });
    expect(items.map(({ filename }) => filename)).not.toContain("letter.pdf");
  });
});

describe("the limits", () => {
  it("are set by the administrator and told before anything is sent", async () => {
    const admin = await world.signedIn({ role: "admin", language: "en", at: "#/admin/clinic?part=files" });
    await admin.getByRole("textbox", { name: /Largest file/ }).fill("1");
    await admin.getByRole("button", { name: "Save", exact: true }).click();
    await admin.getByText("Saved.").waitFor();
    expect(await checkAxe(admin)).toEqual([]);
    await shot(admin, "file-limits");
    const page = await portalFiles("en");
    const files = filesPage(page, "en");
    await files.pick.setInputFiles(file("scan.pdf", "application/pdf", Buffer.alloc(1_200_000, "%")));
    await page.getByText(/scan\.pdf is larger than/).waitFor();
    await world.call("admin", "files/setLimits", {
      maxBytes: 200 * 1024 * 1024,
      types: ["image/jpeg", "image/png", "image/webp", "application/pdf", "application/dicom"],
      purgeAfterDays: 365,
    });
  });
});
