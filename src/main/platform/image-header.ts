/** The pictures that are taken at all, by their content. */
export type ImageType = "image/jpeg" | "image/png" | "image/webp";

export interface ImageSize {
  width: number;
  height: number;
}

/** What a picture's first bytes say of it; what they say is not believed any further than to refuse it. */
export interface ImageHeader {
  type: ImageType;
  /** Pixels; null where the bytes at hand do not tell them: damaged, or cut before the frame begins. */
  size: ImageSize | null;
}

/**
 * Type and size of a PNG, JPEG or WebP by its content, read from the bytes alone and without decoding; null for anything else. Takes garbage of any
 * kind and never throws: each step goes forward, and nothing is read beyond the end.
 */
export function imageHeader(bytes: Uint8Array): ImageHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (startsWith(bytes, PNG_SIGNATURE)) return { type: "image/png", size: plausible(pngSize(view)) };
  if (startsWith(bytes, JPEG_START)) return { type: "image/jpeg", size: plausible(jpegSize(view)) };
  if (ascii(view, 0, 4) === "RIFF" && ascii(view, 8, 4) === "WEBP") return { type: "image/webp", size: plausible(webpSize(view)) };
  return null;
}

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG_START = [0xff, 0xd8, 0xff];

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

/** Empty where the text would end beyond the bytes. */
function ascii(view: DataView, at: number, length: number): string {
  if (at + length > view.byteLength) return "";
  return String.fromCharCode(...Array.from({ length }, (_, index) => view.getUint8(at + index)));
}

function plausible(size: ImageSize | null): ImageSize | null {
  return size && size.width > 0 && size.height > 0 ? size : null;
}

/** Width and height stand in the first chunk, IHDR. */
function pngSize(view: DataView): ImageSize | null {
  if (view.byteLength < 33 || ascii(view, 12, 4) !== "IHDR") return null;
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
/** Markers without a length: restarts, the start, and one for private use. */
const isBare = (marker: number) => (marker >= 0xd0 && marker <= 0xd8) || marker === 0x01;
const SCAN = 0xda;
const END = 0xd9;

/** Goes from segment to segment until the start of a frame, which holds height and width. */
function jpegSize(view: DataView): ImageSize | null {
  let at = 2;
  while (at + 9 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    if (isFrame(marker)) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    if (marker === SCAN || marker === END) return null;
    // 0xff before a marker is padding.
    if (marker === 0xff) at += 1;
    else if (isBare(marker)) at += 2;
    else at += 2 + Math.max(2, view.getUint16(at + 2));
  }
  return null;
}

/** The three forms of a WebP: extended, lossless and lossy. */
function webpSize(view: DataView): ImageSize | null {
  if (view.byteLength < 30) return null;
  const form = ascii(view, 12, 4);
  if (form === "VP8X") return { width: 1 + uint24(view, 24), height: 1 + uint24(view, 27) };
  if (form === "VP8L" && view.getUint8(20) === 0x2f) {
    const bits = view.getUint32(21, true);
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
  }
  const isKeyFrame = form === "VP8 " && view.getUint8(23) === 0x9d && view.getUint8(24) === 0x01 && view.getUint8(25) === 0x2a;
  return isKeyFrame ? { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff } : null;
}

const uint24 = (view: DataView, at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
