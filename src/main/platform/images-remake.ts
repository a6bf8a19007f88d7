import { type Canvas, createCanvas, type Image, loadImage } from "@napi-rs/canvas";
import { IMAGE_PIXELS_MAX } from "../../shared/model/file-types.ts";
import type { MadeImage } from "./images.ts";

const QUALITY = 82;
const THUMBNAIL_QUALITY = 72;

/**
 * Decodes a picture, upright as its orientation says, and makes it anew from its pixels. Answers null for bytes that are no picture.
 * Runs in the pictures' own process only: what it decodes is a stranger's.
 */
export async function remakeImage(bytes: Uint8Array, size: { side: number; thumbnailSide: number }): Promise<MadeImage | null> {
  const image = await decode(bytes);
  // The header said less when the host looked at it: whoever lies there is not decoded any further.
  if (!image || image.width * image.height > IMAGE_PIXELS_MAX) return null;
  const whole = drawn(image, size.side);
  const small = drawn(whole, size.thumbnailSide);
  const [jpeg, thumbnail] = [await whole.encode("jpeg", QUALITY), await small.encode("jpeg", THUMBNAIL_QUALITY)];
  return { jpeg, width: whole.width, height: whole.height, thumbnail };
}

async function decode(bytes: Uint8Array): Promise<Image | null> {
  try {
    const image = await loadImage(Buffer.from(bytes));
    return image.width > 0 && image.height > 0 ? image : null;
  } catch {
    return null;
  }
}

/** At most `side` pixels on the longer side, never larger than it is, on white: JPEG knows no transparency. */
function drawn(source: Image | Canvas, side: number): Canvas {
  const scale = Math.min(1, side / Math.max(source.width, source.height));
  const [width, height] = [source.width, source.height].map((length) => Math.max(1, Math.round(length * scale))) as [number, number];
  const canvas = createCanvas(width, height);
  const paper = canvas.getContext("2d");
  paper.fillStyle = "#ffffff";
  paper.fillRect(0, 0, width, height);
  paper.imageSmoothingEnabled = true;
  paper.imageSmoothingQuality = "high";
  paper.drawImage(source, 0, 0, width, height);
  return canvas;
}
