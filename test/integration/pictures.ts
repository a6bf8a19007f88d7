import { crc32, deflateSync } from "node:zlib";
import { type Canvas, createCanvas } from "@napi-rs/canvas";

/** Red, with a blue corner at the top left: tells which side is up. */
export function blueCorner(width: number, height: number): Canvas {
  const canvas = createCanvas(width, height);
  const paper = canvas.getContext("2d");
  paper.fillStyle = "red";
  paper.fillRect(0, 0, width, height);
  paper.fillStyle = "blue";
  paper.fillRect(0, 0, width / 4, height / 4);
  return canvas;
}

/** A JPEG as a phone makes it: with an orientation (6: turn it clockwise), a place, and what an editor left. */
export async function exifJpeg(width: number, height: number, orientation: number, note: string): Promise<Buffer> {
  const jpeg = await blueCorner(width, height).encode("jpeg", 90);
  const description = Buffer.from(`${note}\0`, "latin1");
  const tiff = Buffer.alloc(38);
  tiff.write("MM\0*", 0, "latin1");
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(2, 8);
  entry(tiff, 10, { tag: 0x010e, type: 2, count: description.length, value: 38 });
  entry(tiff, 22, { tag: 0x0112, type: 3, count: 1, value: orientation << 16 });
  const exif = segment(0xe1, Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff, description]));
  const xmp = segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0<x:xmpmeta GPS="${note}"/>`, "latin1"));
  const comment = segment(0xfe, Buffer.from(`Photoshop ${note}`, "latin1"));
  return Buffer.concat([jpeg.subarray(0, 2), exif, xmp, comment, jpeg.subarray(2)]);
}

function entry(tiff: Buffer, at: number, { tag, type, count, value }: Record<"tag" | "type" | "count" | "value", number>): void {
  tiff.writeUInt16BE(tag, at);
  tiff.writeUInt16BE(type, at + 2);
  tiff.writeUInt32BE(count, at + 4);
  tiff.writeUInt32BE(value, at + 8);
}

function segment(marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** A PNG whose header says so many pixels, with the image data given. */
export function pngWith(width: number, height: number, data: Buffer = deflateSync(Buffer.alloc(1))): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a pixel, grey.
  header.writeUInt8(8, 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(type: string, body: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, "latin1"), body]);
  const framed = Buffer.alloc(8 + typed.length);
  framed.writeUInt32BE(body.length, 0);
  typed.copy(framed, 4);
  framed.writeUInt32BE(crc32(typed), 4 + typed.length);
  return framed;
}

/** A picture that no encoder makes small: every pixel is another colour. */
export function noise(width: number, height: number, seed = 1): Canvas {
  const canvas = createCanvas(width, height);
  const paper = canvas.getContext("2d");
  const pixels = paper.createImageData(width, height);
  let state = seed;
  for (let at = 0; at < pixels.data.length; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    pixels.data[at] = at % 4 === 3 ? 255 : state >>> 24;
  }
  paper.putImageData(pixels, 0, 0);
  return canvas;
}
