import type { SvgPicture } from "./svg.ts";

/** A side of a canvas that every browser can draw, in pixels. */
export const LONGEST_SIDE = 8192;
const SCALE = 2;
const MARGIN = 24 * SCALE;
const LINE = 20 * SCALE;
const NARROWEST = 480 * SCALE;

/** The drawn picture with title, date, legend and notes around it. */
export async function framedPng(drawn: Blob, { title, date, notes, legend, colours, direction }: SvgPicture): Promise<Blob> {
  const image = await createImageBitmap(drawn);
  const width = Math.max(image.width + 2 * MARGIN, NARROWEST);
  const canvas = document.createElement("canvas");
  const paint = canvas.getContext("2d");
  if (!paint) throw new Error("no canvas to draw on");
  const font = (weight: number, size: number) => `${weight} ${size * SCALE}px ${colours.font}`;
  paint.font = font(400, 12);
  const foot = [
    ...wrapped(
      legend.map(({ text }) => text),
      width - 2 * MARGIN,
      (text) => paint.measureText(text).width,
    ),
    ...notes,
  ];
  canvas.width = width;
  canvas.height = image.height + 3 * LINE + 2 * MARGIN + foot.length * LINE + (foot.length > 0 ? MARGIN : 0);
  paint.fillStyle = colours.canvas;
  paint.fillRect(0, 0, canvas.width, canvas.height);
  paint.direction = direction;
  paint.textAlign = "start";
  const start = direction === "ltr" ? MARGIN : width - MARGIN;
  const write = (text: string, y: number, weight: number, size: number, colour: string) => {
    paint.font = font(weight, size);
    paint.fillStyle = colour;
    paint.fillText(text, start, y);
  };
  write(title, MARGIN + LINE, 600, 16, colours.text);
  write(date, MARGIN + 2 * LINE, 400, 12, colours.quiet);
  paint.drawImage(image, (width - image.width) / 2, MARGIN + 3 * LINE);
  const below = MARGIN * 2 + 3 * LINE + image.height;
  foot.forEach((text, at) => write(text, below + at * LINE, 400, 12, colours.quiet));
  image.close();
  return await new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the picture is too large to draw"))), "image/png"),
  );
}

/** Entries side by side, in as many lines as they need. */
export function wrapped(entries: readonly string[], width: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  for (const entry of entries) {
    const last = lines.at(-1);
    const longer = last === undefined ? entry : `${last} · ${entry}`;
    if (last !== undefined && measure(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(entry);
  }
  return lines;
}
