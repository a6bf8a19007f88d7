import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Images } from "@main/platform/images.ts";
import { createLog } from "@main/platform/pino-log.ts";
import { type ProcessImagesOptions, processImages } from "@main/platform/process-images.ts";
import { type ChildProcess, forkProcess } from "@main/platform/process-launcher.ts";
import { createCanvas, loadImage } from "@napi-rs/canvas";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { refusal } from "./care-world.ts";
import { blueCorner, exifJpeg, pngWith } from "./pictures.ts";

const launch = forkProcess(fileURLToPath(new URL("../../src/main/platform/images-process.ts", import.meta.url)));
const SIZE = { side: 1600, thumbnailSide: 320 };
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const opened: Images[] = [];
/** Images, and the processes they started. */
function open(options: Partial<ProcessImagesOptions> = {}): { images: Images; started: ChildProcess[] } {
  const started: ChildProcess[] = [];
  const launcher = () => {
    const child = (options.launcher ?? launch)();
    started.push(child);
    return child;
  };
  const images = processImages({ log: createLog({ level: "silent" }), ...options, launcher });
  opened.push(images);
  return { images, started };
}
afterEach(() => Promise.all(opened.splice(0).map((images) => images.close())));

async function pixel(jpeg: Uint8Array, x: number, y: number): Promise<number[]> {
  const image = await loadImage(Buffer.from(jpeg));
  const paper = createCanvas(image.width, image.height).getContext("2d");
  paper.drawImage(image, 0, 0);
  return [...paper.getImageData(x, y, 1, 1).data];
}

describe("a picture made anew", () => {
  it("is upright, smaller, a JPEG, and has nothing of the original but its pixels", async () => {
    const { images } = open();
    // Lies on its side: 4000 × 2000 as stored, 2000 × 4000 as it is to be seen.
    const original = await exifJpeg(4000, 2000, 6, "the surgery at 31.9539 N 35.9106 E");
    expect(original.toString("latin1")).toContain("31.9539");
    const made = await images.remake(original, SIZE);
    expect([made.width, made.height]).toEqual([800, 1600]);
    for (const bytes of [made.jpeg, made.thumbnail]) {
      const text = Buffer.from(bytes).toString("latin1");
      for (const trace of ["Exif", "31.9539", "GPS", "http://ns.adobe.com", "Photoshop"]) expect(text).not.toContain(trace);
      expect([...bytes.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
    }
    const thumbnail = await loadImage(Buffer.from(made.thumbnail));
    expect([thumbnail.width, thumbnail.height]).toEqual([160, 320]);
    // The blue corner was at the top left as stored, which is the top right when upright.
    const [red = 0, , blue = 0] = await pixel(made.jpeg, 795, 4);
    expect([red < 40, blue > 200]).toEqual([true, true]);
  });

  it("is as it was where it is small enough, and on white where it was transparent", async () => {
    const { images } = open();
    const canvas = createCanvas(64, 48);
    const made = await images.remake(await canvas.encode("png"), SIZE);
    expect([made.width, made.height]).toEqual([64, 48]);
    expect(await pixel(made.jpeg, 10, 10)).toEqual([255, 255, 255, 255]);
    const webp = await images.remake(await blueCorner(300, 200).encode("webp", 90), SIZE);
    expect([webp.width, webp.height]).toEqual([300, 200]);
    const line = await images.remake(await createCanvas(9000, 1).encode("png"), SIZE);
    expect([line.width, line.height]).toEqual([1600, 1]);
  });
});

describe("what is no picture", () => {
  it.each([
    ["nothing", Buffer.alloc(0)],
    ["garbage", Buffer.from("garbage".repeat(100))],
    ["SVG", Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>`)],
    ["GIF", Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64")],
    ["PDF", Buffer.from("%PDF-1.7\n%âãÏÓ\n")],
    ["BMP", Buffer.concat([Buffer.from("BM"), Buffer.alloc(60)])],
    ["a PNG's header alone", pngWith(100, 100).subarray(0, 33)],
  ])("%s is refused by its content", async (_what, bytes) => {
    const { images } = open();
    expect(await refusal(images.remake(bytes, SIZE))).toBe("unsupported-type image");
  });

  it("is told by the header before anybody decodes it: a bomb starts no process", async () => {
    const { images, started } = open();
    expect(await refusal(images.remake(pngWith(30_000, 30_000), SIZE))).toBe("too-large image");
    expect(await refusal(images.remake(pngWith(2_147_483_647, 2_147_483_647), SIZE))).toBe("too-large image");
    expect(await refusal(images.remake(Buffer.from("GIF89a"), SIZE))).toBe("unsupported-type image");
    expect(started).toEqual([]);
  });

  it("truncated, changed or followed by something else: a picture without it, or a typed refusal, and the process goes on", async () => {
    const { images } = open();
    const originals = await Promise.all([
      exifJpeg(200, 100, 3, "note"),
      blueCorner(200, 100).encode("png"),
      blueCorner(200, 100).encode("webp", 80),
    ]);
    const polyglot = Buffer.concat([originals[1] as Buffer, Buffer.from("<script>alert('polyglot')</script>PK\x03\x04")]);
    const clean = await images.remake(polyglot, SIZE);
    expect(Buffer.from(clean.jpeg).toString("latin1")).not.toContain("polyglot");
    const codes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.nat(2),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.array(fc.tuple(fc.nat(3000), fc.nat(255)), { maxLength: 6 }),
        async (which, cut, changes) => {
          const original = originals[which] as Buffer;
          const bytes = Buffer.from(original.subarray(0, Math.ceil(original.length * cut)));
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
          const code = await refusal(images.remake(bytes, SIZE));
          codes.add(code);
          expect(code).toMatch(/^(ok|unsupported-type image|too-large image)$/);
        },
      ),
      { numRuns: 150 },
    );
    expect(codes.has("ok")).toBe(true);
    expect((await images.remake(originals[0] as Buffer, SIZE)).width).toBe(200);
  }, 60_000);
});

describe("the pictures' process", () => {
  it("starts with the first picture, serves those that come at once, and ends when there is nothing to do", async () => {
    const { images, started } = open({ idleMs: 150 });
    expect(started).toHaveLength(0);
    const png = await blueCorner(500, 400).encode("png");
    const made = await Promise.all(Array.from({ length: 8 }, () => images.remake(png, SIZE)));
    expect(made.map(({ width }) => width)).toEqual(Array(8).fill(500));
    expect(started).toHaveLength(1);
    const pid = started[0]?.pid ?? 0;
    expect(isAlive(pid)).toBe(true);
    for (let tries = 0; tries < 100 && isAlive(pid); tries += 1) await sleep(50);
    expect(isAlive(pid)).toBe(false);
    expect((await images.remake(png, SIZE)).width).toBe(500);
    expect(started).toHaveLength(2);
  });

  it("killed in the middle of a picture is started again and does it; killed by every picture it gives a typed error", async () => {
    let kills = 1;
    const killer = () => {
      const child = launch();
      return {
        ...child,
        pid: child.pid,
        send: (message: unknown) => {
          child.send(message);
          if (kills-- > 0) child.kill();
        },
      };
    };
    const { images, started } = open({ launcher: killer });
    const png = await blueCorner(2000, 2000).encode("png");
    expect((await images.remake(png, SIZE)).width).toBe(1600);
    expect(started).toHaveLength(2);
    kills = 2;
    const [killed, other] = await Promise.allSettled([images.remake(png, SIZE), images.remake(png, SIZE)]);
    expect(killed).toMatchObject({ status: "rejected", reason: { code: "unsupported-type" } });
    // The one that waited behind it is served by the next process.
    expect(other.status).toBe("fulfilled");
  });

  it("is ended at the deadline, and the next picture gets a new one", async () => {
    let hang = true;
    const sleepy = () => {
      const child = launch();
      return { ...child, pid: child.pid, send: (message: unknown) => (hang ? undefined : child.send(message)) };
    };
    const { images, started } = open({ launcher: sleepy, deadlineMs: 200 });
    const png = await blueCorner(50, 50).encode("png");
    expect(await refusal(images.remake(png, SIZE))).toBe("timeout image");
    for (let tries = 0; tries < 100 && isAlive(started[0]?.pid ?? 0); tries += 1) await sleep(20);
    expect(isAlive(started[0]?.pid ?? 0)).toBe(false);
    hang = false;
    const { images: patient } = open({ launcher: sleepy });
    expect((await patient.remake(png, SIZE)).width).toBe(50);
  });

  it("that does not start says so to everyone who waits", async () => {
    const { images } = open({ launcher: forkProcess("/nowhere/no-such-entry.js") });
    const png = await blueCorner(50, 50).encode("png");
    const waiting = await Promise.all([refusal(images.remake(png, SIZE)), refusal(images.remake(png, SIZE))]);
    expect(waiting).toEqual(["store-unavailable", "store-unavailable"]);
  });

  it("watches its own memory: a picture that unpacks beyond it costs two processes, and a typed error", async () => {
    const { images, started } = open({ memoryMaxBytes: 180 * 1024 * 1024 });
    const large = await createCanvas(6000, 6000).encode("png");
    expect(await refusal(images.remake(large, SIZE))).toBe("unsupported-type image");
    expect(started).toHaveLength(2);
    expect((await images.remake(await blueCorner(50, 50).encode("png"), SIZE)).width).toBe(50);
  }, 60_000);

  it("closes with the pictures that wait", async () => {
    const { images, started } = open();
    const png = await blueCorner(3000, 3000).encode("png");
    const waiting = [refusal(images.remake(png, SIZE)), refusal(images.remake(png, SIZE))];
    await images.close();
    expect(await Promise.all(waiting)).toEqual(["store-unavailable", "store-unavailable"]);
    expect(await refusal(images.remake(png, SIZE))).toBe("store-unavailable");
    for (let tries = 0; tries < 100 && started.some(({ pid }) => pid !== undefined && isAlive(pid)); tries += 1) await sleep(20);
    expect(started.some(({ pid }) => pid !== undefined && isAlive(pid))).toBe(false);
  });
});
