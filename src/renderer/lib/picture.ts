/** The file is no picture that this screen can read: broken, or of a kind browsers do not know (HEIC). */
export class UnreadablePicture extends Error {
  constructor() {
    super("the picture cannot be read");
    this.name = "UnreadablePicture";
  }
}

export interface Picture {
  blob: Blob;
  width: number;
  height: number;
}

interface Bounds {
  /** Longest side, in pixels. */
  side: number;
  /** Most bytes of the JPEG. */
  bytes: number;
  /** Cut to the middle square. */
  square?: boolean;
}

const QUALITIES = [0.88, 0.8, 0.7, 0.6, 0.5] as const;
const SMALLER = 0.75;
const SMALLEST_SIDE = 32;

/** Width and height scaled down to a longest side; nothing is made larger. */
export function fitted(width: number, height: number, side: number): { width: number; height: number } {
  const scale = Math.min(1, side / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/**
 * A picture as a JPEG within bounds, upright, on white where it was transparent, and without anything but its pixels:
 * place, camera and owner stay behind. Throws UnreadablePicture.
 */
export async function shrinkPicture(file: Blob, { side, bytes, square = false }: Bounds): Promise<Picture> {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => {
    throw new UnreadablePicture();
  });
  try {
    for (let longest = side; longest >= SMALLEST_SIDE; longest = Math.floor(longest * SMALLER)) {
      const canvas = drawn(bitmap, longest, square);
      for (const quality of QUALITIES) {
        const blob = await asJpeg(canvas, quality);
        if (blob.size <= bytes) return { blob, width: canvas.width, height: canvas.height };
      }
    }
    throw new UnreadablePicture();
  } finally {
    bitmap.close();
  }
}

function drawn(bitmap: ImageBitmap, side: number, square: boolean): HTMLCanvasElement {
  const edge = Math.min(bitmap.width, bitmap.height);
  const source = square ? { width: edge, height: edge } : bitmap;
  const canvas = document.createElement("canvas");
  Object.assign(canvas, fitted(source.width, source.height, side));
  const pen = canvas.getContext("2d");
  if (!pen) throw new UnreadablePicture();
  pen.imageSmoothingQuality = "high";
  pen.fillStyle = "white";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  const [x, y] = [(bitmap.width - source.width) / 2, (bitmap.height - source.height) / 2];
  pen.drawImage(bitmap, x, y, source.width, source.height, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function asJpeg(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new UnreadablePicture())), "image/jpeg", quality);
  });
}

/** Bytes as a data URL. */
export function asDataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(new UnreadablePicture());
    reader.readAsDataURL(blob);
  });
}

/** Bytes as base64 without the data URL's head. */
export async function asBase64(blob: Blob): Promise<string> {
  const url = await asDataUrl(blob);
  return url.slice(url.indexOf(",") + 1);
}
