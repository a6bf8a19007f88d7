import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../browser.ts";
import { words } from "../pages/words.ts";
import { servePicturePage } from "../picture-page/serve.ts";
import { checkAxe, type Language, shot, type Theme } from "../world.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

let served: Awaited<ReturnType<typeof servePicturePage>>;
let browser: Browser;
const said: string[] = [];
beforeAll(async () => {
  served = await servePicturePage(ROOT);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await served.close();
});

/** The picture of a small graph, laid out. */
async function openPicture(language: Language, theme: Theme, query = "", contrast = "normal"): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1100, height: 720 }, reducedMotion: "reduce" });
  const state = { language, theme, contrast, calendar: "gregorian" };
  await context.addInitScript(
    (kept) => {
      if (!localStorage.getItem("polyclinic.preferences")) localStorage.setItem("polyclinic.preferences", kept);
    },
    JSON.stringify({ state, version: 0 }),
  );
  const page = await context.newPage();
  page.on("pageerror", (error) => said.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("Failed to load resource")) said.push(message.text());
  });
  await page.goto(`${served.url}${query}`);
  await page.locator('[data-testid="graph-picture"][data-laid-out]').waitFor();
  return page;
}

const nodesOf = async (page: Page) => Number(await page.getByTestId("graph-picture").getAttribute("data-nodes"));
const selectedOf = (page: Page) => page.locator("main").getAttribute("data-selected");

describe.each([
  ["en", "light", "other"],
  ["ar", "dark", "few"],
] as const)("the picture of a graph (%s, %s)", (language, theme, three) => {
  const research = words(language, "research");
  const t = (key: string, values?: Record<string, string>) => research(`picture.${key}`, values);

  it("is worked with the keyboard alone: next node, neighbours, hide, out again", async () => {
    const page = await openPicture(language, theme);
    const canvas = page.getByRole("application");
    await canvas.focus();
    await page.keyboard.press("n");
    expect(await selectedOf(page)).toBe("1");
    await page.keyboard.press("n");
    expect(await selectedOf(page)).toBe("2");
    await page.keyboard.press("Shift+n");
    expect(await selectedOf(page)).toBe("1");
    const before = await nodesOf(page);
    await page.keyboard.press("Enter");
    await expect.poll(() => nodesOf(page)).toBe(before + 3);
    await page.getByText(t(`addedMore_${three}`, { count: "3" })).waitFor();
    await page.keyboard.press("Delete");
    expect(await selectedOf(page)).toBe("");
    await page.getByRole("button", { name: t("showAll_one", { count: "1" }) }).click();
    await canvas.focus();
    await page.keyboard.press("Tab");
    expect(await canvas.evaluate((element) => element === document.activeElement)).toBe(false);
    expect(said).toEqual([]);
    await page.context().close();
  });

  it("says the same in a table, whose rows select, and shows what the selected node holds", async () => {
    const page = await openPicture(language, theme);
    await page.getByRole("button", { name: t("nodes"), exact: true }).click();
    const table = page.getByRole("table", { name: t("nodes") });
    expect(await table.getByRole("row").count()).toBe(13);
    await page.getByRole("textbox", { name: t("find") }).fill("penicillin");
    await table.getByRole("row").filter({ hasText: "penicillin G" }).click();
    expect(await selectedOf(page)).toBe("5");
    expect(await checkAxe(page)).toEqual([]);
    await page.getByRole("button", { name: t("details") }).click();
    const details = page.getByRole("region", { name: t("details") });
    await details.getByText("penicillin G").first().waitFor();
    await details.getByText("IN_CLASS").waitFor();
    await shot(page, "graph-picture");
    expect(await checkAxe(page)).toEqual([]);
    await details.getByRole("button", { name: /P•••82/ }).click();
    expect(await selectedOf(page)).toBe("1");
    expect(said).toEqual([]);
    await page.context().close();
  });

  it("keeps how a label looks for this person, without a value of the graph", async () => {
    const page = await openPicture(language, theme);
    await page.getByRole("button", { name: t("looks") }).click();
    await page.getByTitle(t("shapes.star")).click();
    expect(await checkAxe(page)).toEqual([]);
    const kept = await page.evaluate(() => localStorage.getItem("polyclinic.pictures") ?? "");
    expect(JSON.parse(kept)).toMatchObject({ state: { byUser: { "": { looks: { Patient: { outline: "star" } } } } } });
    expect(kept).not.toMatch(/P•••|penicillin/);
    await page.reload();
    await page.locator('[data-testid="graph-picture"][data-laid-out]').waitFor();
    await page.getByRole("button", { name: t("looks") }).click();
    expect(await page.getByRole("radio", { name: t("shapes.star") }).isChecked()).toBe(true);
    await page.context().close();
  });

  it("hides and shows the nodes of a label, and is laid out in every way", async () => {
    const page = await openPicture(language, theme);
    const legend = page.getByRole("group", { name: t("legend") });
    await legend.getByRole("button", { name: /^Patient/ }).click();
    expect(await legend.getByRole("button", { name: /^Patient/ }).getAttribute("aria-pressed")).toBe("false");
    await page.getByRole("button", { name: t("nodes"), exact: true }).click();
    expect(await page.getByRole("table").getByRole("row").filter({ hasText: "Patient" }).count()).toBe(0);
    for (const layout of ["hierarchy", "concentric", "circle", "grid", "force"]) {
      await page.getByRole("button", { name: t("layout") }).click();
      await page.getByRole("menuitem", { name: t(`layouts.${layout}`) }).click();
      await page.getByText(t("layingOut")).waitFor({ state: "detached" });
    }
    expect(said).toEqual([]);
    await page.context().close();
  });

  it("is downloaded as a drawing that opens by itself, and as a picture", async () => {
    const page = await openPicture(language, theme, "?highlighted=1,5,7");
    const download = async (format: "Svg" | "Png") => {
      await page.getByRole("button", { name: t("export") }).click();
      const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: t(`export${format}`) }).click()]);
      expect(file.suggestedFilename()).toMatch(new RegExp(`^graph-\\d{4}-\\d\\d-\\d\\d-\\d{4}\\.${format.toLowerCase()}$`));
      return await readFile(await file.path());
    };
    const svg = (await download("Svg")).toString();
    expect(svg).toContain(t("maskedNote"));
    const read = await page.evaluate((text) => {
      const file = new DOMParser().parseFromString(text, "image/svg+xml");
      const words = [...file.querySelectorAll("text")].map((element) => element.textContent);
      return { broken: file.querySelectorAll("parsererror").length, scripts: file.querySelectorAll("script").length, words };
    }, svg);
    expect(read).toMatchObject({ broken: 0, scripts: 0 });
    expect(read.words).toEqual(expect.arrayContaining(["P•••82", "Allergy reached by class <b>&", "بنسلينات", "ALLERGIC_TO"]));
    const png = await download("Png");
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    // Twice the size of what it shows, with title and notes around.
    expect(png.readUInt32BE(16)).toBeGreaterThan(800);
    expect(said).toEqual([]);
    await page.context().close();
  });
});

describe("the picture of a graph", () => {
  it("is drawn with the colours of the look, and anew when the look changes", async () => {
    const page = await openPicture("en", "light", "?highlighted=1,5", "high");
    const svgColours = async () => {
      await page.getByRole("button", { name: "Export the graph" }).click();
      const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: /SVG/ }).click()]);
      const svg = await readFile(await file.path(), "utf8");
      return /<rect width="100%" height="100%" fill="([^"]+)"/.exec(svg)?.[1];
    };
    const token = () => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--canvas").trim());
    const light = await svgColours();
    expect(light).toBe(await token());
    expect(await checkAxe(page)).toEqual([]);
    await page.evaluate(() => {
      document.documentElement.dataset.theme = "dark";
    });
    await expect.poll(svgColours).toBe(await token());
    expect(await token()).not.toBe(light);
    await page.context().close();
  });

  it("of many nodes is laid out while the page stays at hand", async () => {
    const page = await browser.newPage();
    await page.goto(`${served.url}?nodes=2000&edges=3000`);
    await page.getByText("Laying out the graph…").waitFor();
    // The page answers while the worker lays out.
    await page.getByRole("button", { name: "Nodes", exact: true }).click();
    await page.getByRole("table").waitFor();
    await page.locator('[data-testid="graph-picture"][data-laid-out]').waitFor();
    await page.close();
  });

  it("is put in rows when nobody waits for its layout", async () => {
    const page = await browser.newPage();
    await page.goto(`${served.url}?nodes=3000&edges=5000`);
    await page.getByRole("button", { name: "Stop" }).click();
    await page.locator('[data-testid="graph-picture"][data-laid-out]').waitFor();
    expect(await page.getByText("Laying out the graph…").count()).toBe(0);
    await page.close();
  });
});
