import { createCanvas } from "@napi-rs/canvas";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { imageHeader } from "./image-header.ts";

const size = { width: 301, height: 17 };
const canvas = createCanvas(size.width, size.height);
const made = {
  "image/png": () => canvas.encode("png"),
  "image/jpeg": () => canvas.encode("jpeg", 80),
  "image/webp": () => canvas.encode("webp", 80),
} as const;

/** A JPEG with what cameras put before the frame: padding and a large segment. */
function withSegment(jpeg: Buffer, length: number): Buffer {
  const segment = Buffer.alloc(2 + length);
  segment.writeUInt16BE(0xffe2, 0);
  segment.writeUInt16BE(length, 2);
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xff]), segment, jpeg.subarray(2)]);
}

const u24 = (value: number) => [value & 0xff, (value >> 8) & 0xff, value >> 16];
function webp(form: string, body: readonly number[]): Buffer {
  const head = Buffer.from(`RIFF\0\0\0\0WEBP${form}\0\0\0\0`, "latin1");
  return Buffer.concat([head, Buffer.from(body), Buffer.alloc(16)]);
}

describe("the header of a picture", () => {
  it.each(Object.keys(made) as (keyof typeof made)[])("tells type and size of a real %s", async (type) => {
    expect(imageHeader(await made[type]())).toEqual({ type, size });
  });

  it("reads a view into a larger buffer at its own offset", async () => {
    const png = await made["image/png"]();
    const shifted = Buffer.concat([Buffer.alloc(13), png]).subarray(13);
    expect(imageHeader(shifted)).toEqual({ type: "image/png", size });
  });

  it("goes over padding and large segments to the frame of a JPEG, and says nothing of the size when cut before it", async () => {
    const jpeg = withSegment(await made["image/jpeg"](), 60_000);
    expect(imageHeader(jpeg)).toEqual({ type: "image/jpeg", size });
    expect(imageHeader(jpeg.subarray(0, 50_000))).toEqual({ type: "image/jpeg", size: null });
  });

  it("tells the size of each form of a WebP, also the largest", () => {
    const extended = webp("VP8X", [0, 0, 0, 0, ...u24(29_999), ...u24(16_383)]);
    expect(imageHeader(extended)?.size).toEqual({ width: 30_000, height: 16_384 });
    const lossless = webp("VP8L", [0x2f, 0xff, 0xff, 0xff, 0x0f]);
    expect(imageHeader(lossless)?.size).toEqual({ width: 16_384, height: 16_384 });
    const lossy = webp("VP8 ", [0, 0, 0, 0x9d, 0x01, 0x2a, 0x40, 0x01, 0xf0, 0x00]);
    expect(imageHeader(lossy)?.size).toEqual({ width: 320, height: 240 });
  });

  it("knows no other type and no picture without pixels", () => {
    for (const text of ["", "GIF89a", "%PDF-1.7", "<svg xmlns='http://www.w3.org/2000/svg'/>", "BM", "RIFF____WAVE", "RIFF"]) {
      expect(imageHeader(Buffer.from(text))).toBeNull();
    }
    const empty = Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
      Buffer.from("IHDR"),
      Buffer.alloc(40),
    ]);
    expect(imageHeader(empty)).toEqual({ type: "image/png", size: null });
  });

  it("never throws, whatever is cut or changed", async () => {
    const originals = await Promise.all(Object.values(made).map((encode) => encode()));
    fc.assert(
      fc.property(
        fc.nat({ max: 2 }),
        fc.nat(2000),
        fc.array(fc.tuple(fc.nat(120), fc.nat(255)), { maxLength: 8 }),
        (which, cut, changes) => {
          const bytes = Buffer.from((originals[which] as Buffer).subarray(0, cut));
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
          const header = imageHeader(bytes);
          if (header?.size) expect(header.size.width * header.size.height).toBeGreaterThan(0);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
