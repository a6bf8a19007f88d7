import { imageHeader } from "@main/platform/image-header.ts";
import { AppError } from "@shared/define.ts";

const MAX_BYTES = 64 * 1024;
const MAX_PIXELS_A_SIDE = 2048;

/**
 * Refuses whatever is not a PNG or JPEG by its content, of at most 64 kB and 2,048 pixels a side: what a browser would
 * have to unpack is bounded by the header before anybody unpacks it.
 */
export function checkProfileImage(dataUrl: string): void {
  const [, type, base64] = /^data:(image\/(?:png|jpeg));base64,([A-Za-z0-9+/]+={0,2})$/.exec(dataUrl) ?? [];
  if (type === undefined || base64 === undefined) throw notAnImage();
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length > MAX_BYTES) throw new AppError("too-large", "The picture is larger than 64 kB.", { field: "image" });
  const header = imageHeader(bytes);
  if (header?.type !== type || header.size === null) throw notAnImage();
  const { width, height } = header.size;
  if (width > MAX_PIXELS_A_SIDE || height > MAX_PIXELS_A_SIDE) {
    throw new AppError("too-large", "The picture has more than 2,048 pixels a side.", { field: "image" });
  }
}

function notAnImage(): AppError {
  return new AppError("invalid-input", "The picture must be a PNG or a JPEG.", { field: "image" });
}
