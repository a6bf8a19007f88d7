import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright";
import { launchBrowser } from "./browser.ts";
import { type RunningHost, startHost } from "./host.ts";
import { copyOfSample } from "./sample-template.ts";
import { moveTo, ON_SERVERS, ownStores, untilOnServers } from "./stores.ts";

export const SAMPLE_PASSWORD = "clinic-demo-2026";
const SHOTS = fileURLToPath(new URL("../../artifacts/screens/", import.meta.url));

export type Language = "en" | "ar";
export type Theme = "light" | "dark";

export interface PageLook {
  language?: Language;
  theme?: Theme;
  contrast?: "normal" | "high";
  /** Where the screen begins: `#/sign-in`. */
  at?: string;
  /** Width and height; a kiosk is 1080×1920, a phone 390×844. */
  size?: { width: number; height: number };
  /** The browser's own zone: the screens must show the clinic's all the same. */
  timeZone?: string;
}

export interface E2eWorld {
  host: RunningHost;
  browser: Browser;
  /** A page of its own with its own storage. */
  open(look?: PageLook): Promise<Page>;
  /** A page where the sample account of that name is signed in, on its first screen. */
  signedIn(options: PageLook & { role: string }): Promise<Page>;
  /** A route over HTTP with an account's rights, to prepare or to check what a screen did. */
  call<T = unknown>(username: string | null, route: string, input: object): Promise<T>;
  close(): Promise<void>;
}

/** A built host on the stores of this run: the folder itself, or servers to which what it holds is moved. */
async function hostOf(folder?: string, environment?: Record<string, string>): Promise<{ host: RunningHost; remove(): Promise<void> }> {
  if (!ON_SERVERS) return { host: await startHost(folder, environment), remove: async () => undefined };
  const { env, remove } = await ownStores();
  if (folder) await moveTo(env, folder);
  const host = await startHost(folder, { ...env, ...environment });
  await untilOnServers(host.url);
  const up = async () => {
    await host.up();
    await untilOnServers(host.url);
  };
  return { host: { ...host, up }, remove };
}

/** A built host and a browser; `sample: false` begins with an empty folder, `environment` is what IT sets. */
export async function openE2eWorld(options: { sample?: boolean; environment?: Record<string, string> } = {}): Promise<E2eWorld> {
  const { host, remove } = await hostOf((options.sample ?? true) ? await copyOfSample() : undefined, options.environment);
  const browser = await launchBrowser();
  const tokens = new Map<string, string>();

  const open = async (look: PageLook = {}, token: string | null = null): Promise<Page> => {
    const context = await browser.newContext({
      viewport: look.size ?? { width: 1440, height: 900 },
      reducedMotion: "reduce",
      timezoneId: look.timeZone ?? "Asia/Amman",
    });
    const state = {
      language: look.language ?? "en",
      theme: look.theme ?? "light",
      contrast: look.contrast ?? "normal",
      calendar: "gregorian",
    };
    await context.addInitScript(
      (kept) => {
        if (!localStorage.getItem("polyclinic.preferences")) localStorage.setItem("polyclinic.preferences", kept);
      },
      JSON.stringify({ state, version: 0 }),
    );
    if (token !== null) {
      await context.addInitScript((session) => {
        // Once: who signs out stays signed out.
        if (sessionStorage.getItem("e2e.signed-in")) return;
        sessionStorage.setItem("e2e.signed-in", "yes");
        sessionStorage.setItem("polyclinic.session", session);
      }, token);
    }
    const page = await context.newPage();
    // A screen that fails silently fails the test that reads this.
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") faults.push(message.text());
    });
    faultsOf.set(page, faults);
    await page.goto(`${host.url}/${look.at ?? "#/"}`);
    return page;
  };

  const call = async <T>(username: string | null, route: string, input: object): Promise<T> => {
    if (username !== null && !tokens.has(username)) {
      const answer = await call<{ token: string }>(null, "session/signIn", { username, password: SAMPLE_PASSWORD });
      tokens.set(username, answer.token);
    }
    const token = username === null ? null : tokens.get(username);
    const response = await fetch(`${host.url}/api/${route}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(input),
    });
    if (!response.ok) throw new Error(`${route}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };

  return {
    host,
    browser,
    open,
    call,
    signedIn: async ({ role, ...look }) => {
      // The account's language follows it to the screen, so it is set before.
      await call(role, "session/setLocale", { locale: look.language ?? "en" });
      // A session of its own for each page, as after a reload: the sign-in screen has journeys of its own.
      const account = { username: role, password: SAMPLE_PASSWORD, deviceName: "Chrome" };
      const { token } = await call<{ token: string }>(null, "session/signIn", account);
      const page = await open(look, token);
      await page.waitForURL((url) => !/^#\/?$/.test(url.hash));
      return page;
    },
    close: async () => {
      await browser.close();
      await host.stop();
      await remove();
    },
  };
}

const faultsOf = new WeakMap<Page, string[]>();

/** What the page complained about: uncaught errors and console errors, refused calls left out. */
export function faults(page: Page): string[] {
  return (faultsOf.get(page) ?? []).filter((text) => !/Failed to load resource|WebSocket connection/.test(text));
}

/** Serious and critical findings of axe, in words; a screen has none. */
export async function checkAxe(page: Page): Promise<string[]> {
  // No frames are in our pages, and what passes is not looked at: without either, axe takes half the time.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ["violations"] })
    .analyze();
  return violations
    .filter((violation) => violation.impact === "serious" || violation.impact === "critical")
    .map(
      (violation) =>
        `${violation.id}: ${violation.help} at ${violation.nodes
          .map((node) => node.target.join(" "))
          .slice(0, 3)
          .join(" | ")}`,
    );
}

/** Keeps a picture as `artifacts/screens/<name>.<language>.<theme>.png`. */
export async function shot(page: Page, name: string): Promise<string> {
  await mkdir(SHOTS, { recursive: true });
  const { lang, theme } = await page.evaluate(() => ({
    lang: document.documentElement.lang,
    theme: document.documentElement.dataset.contrast === "high" ? "high-contrast" : document.documentElement.dataset.theme,
  }));
  const path = `${SHOTS}${name}.${lang}.${theme}.png`;
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path });
  return path;
}
