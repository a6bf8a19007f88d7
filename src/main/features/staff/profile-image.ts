import { AppError } from "@shared/define.ts";

const MAX_BYTES = 64 * 1024;
const MAX_PIXELS_A_SIDE = 2048;
const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * Refuses whatever is not a PNG or JPEG by its content, of at most 64 kB and 2,048 pixels a side: what a browser would
 * have to unpack is bounded by the header before anybody unpacks it.
 */
export function checkProfileImage(dataUrl: string): void {
  const [, type, base64] = /^data:image\/(png|jpeg);base64,([A-Za-z0-9+/]+={0,2})$/.exec(dataUrl) ?? [];
  if (type === undefined || base64 === undefined) throw notAnImage();
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length > MAX_BYTES) throw new AppError("too-large", "The picture is larger than 64 kB.", { field: "image" });
  const size = type === "png" ? pngSize(bytes) : jpegSize(bytes);
  if (!size || size.width === 0 || size.height === 0) throw notAnImage();
  if (size.width > MAX_PIXELS_A_SIDE || size.height > MAX_PIXELS_A_SIDE) {
    throw new AppError("too-large", "The picture has more than 2,048 pixels a side.", { field: "image" });
  }
}

interface Size {
  width: number;
  height: number;
}

function notAnImage(): AppError {
  return new AppError("invalid-input", "The picture must be a PNG or a JPEG.", { field: "image" });
}

/** Width and height stand in the first chunk, IHDR. */
function pngSize(bytes: Buffer): Size | null {
  if (bytes.length < 33 || !bytes.subarray(0, 8).equals(PNG_SIGNATURE) || bytes.toString("latin1", 12, 16) !== "IHDR") return null;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** Goes from segment to segment until the start of a frame, which holds height and width. */
function jpegSize(bytes: Buffer): Size | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null;
  let at = 2;
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}
