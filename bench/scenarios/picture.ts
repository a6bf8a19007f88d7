import type { Page } from "playwright";
import { launchBrowser } from "../../test/e2e/browser.ts";
import { servePicturePage } from "../../test/e2e/picture-page/serve.ts";
import { type Figure, spread } from "../measure.ts";

const NODES = 5_000;
const EDGES = 8_000;
const SIZE = { width: 1280, height: 800 };
/** Each move is one message to the browser; it asks for the next when the last is taken. */
const MOVES = 120;

/** Frames a second while the largest picture is moved and zoomed with the mouse, and how long it takes to be laid out. */
export async function picture(): Promise<Figure[]> {
  const served = await servePicturePage(process.cwd());
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: SIZE });
    const before = performance.now();
    await page.goto(`${served.url}?nodes=${NODES}&edges=${EDGES}`);
    await page.locator('[data-testid="graph-picture"][data-laid-out]').waitFor({ timeout: 120_000 });
    const laidOut = performance.now() - before;
    await page.waitForTimeout(1_000);
    const name = `graph picture, ${NODES.toLocaleString("en")} nodes`;
    const figures: Figure[] = [
      {
        name: `${name}, opened and laid out`,
        value: laidOut / 1000,
        unit: "s",
        note: `${EDGES.toLocaleString("en")} edges, layout in a worker`,
      },
      await frames(page, `${name}, moved`, () => drag(page)),
      await frames(page, `${name}, zoomed`, () => zoom(page)),
    ];
    return figures;
  } finally {
    await browser.close();
    await served.close();
  }
}

async function drag(page: Page): Promise<void> {
  // The corner holds no node: the view moves, and nothing else.
  const from = { x: 20, y: SIZE.height / 2 };
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (let move = 0; move < MOVES; move += 1) await page.mouse.move(from.x + move * 6, from.y + Math.sin(move / 9) * 90);
  await page.mouse.up();
}

async function zoom(page: Page): Promise<void> {
  await page.mouse.move(SIZE.width / 2, SIZE.height / 2);
  for (let turn = 0; turn < MOVES; turn += 1) await page.mouse.wheel(0, turn < MOVES / 2 ? -40 : 40);
}

async function frames(page: Page, name: string, act: () => Promise<void>): Promise<Figure> {
  await page.evaluate(() => {
    const seen = { times: [] as number[], on: true };
    const next = (time: number) => {
      seen.times.push(time);
      if (seen.on) requestAnimationFrame(next);
    };
    Object.assign(window, { seen });
    requestAnimationFrame(next);
  });
  await act();
  const times = await page.evaluate(() => {
    const { seen } = window as unknown as { seen: { times: number[]; on: boolean } };
    seen.on = false;
    return seen.times;
  });
  const gaps = times.slice(1).map((time, at) => time - (times[at] ?? time));
  const { p95, mean } = spread(gaps);
  const note = `${gaps.length} frames; p95 ${p95.toFixed(0)} ms, longest ${Math.max(...gaps).toFixed(0)} ms`;
  return { name, value: 1000 / mean, unit: "/s", goal: { atLeast: 30 }, note };
}
