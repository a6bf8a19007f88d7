import { randomBytes } from "node:crypto";
import { crc32, deflateSync } from "node:zlib";

/** Files as programs make them, small or filled up to a size, for tests that send them. */

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A grey PNG. `claims` writes another size into its header than its pixels have; `fill` adds so many bytes that no decoder looks at. */
export function png({
  width = 4,
  height = 4,
  claims,
  fill = 0,
}: {
  width?: number;
  height?: number;
  claims?: [number, number];
  fill?: number;
} = {}): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(claims?.[0] ?? width, 0);
  header.writeUInt32BE(claims?.[1] ?? height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc((width + 1) * height, 0x80);
  for (let row = 0; row < height; row += 1) rows[row * (width + 1)] = 0;
  const filler = fill > 0 ? [pngChunk("fiLl", randomBytes(fill))] : [];
  return Buffer.concat([
    SIGNATURE,
    pngChunk("IHDR", header),
    ...filler,
    pngChunk("IDAT", deflateSync(rows)),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

/** A PNG of exactly so many bytes. */
export function pngOf(bytes: number): Buffer {
  const least = png().length;
  return png({ fill: bytes - least - 12 });
}

/** The segments of a JPEG that tell its size, and its end; the picture between them is noise. */
export function jpeg({ width = 4, height = 4, comment = 0 }: { width?: number; height?: number; comment?: number } = {}): Buffer {
  const frame = Buffer.from([0xff, 0xc0, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]);
  const notes: Buffer[] = [];
  for (let left = comment; left > 0; left -= 60_000) {
    const size = Math.min(left, 60_000);
    notes.push(Buffer.from([0xff, 0xfe, (size + 2) >> 8, (size + 2) & 255]), Buffer.alloc(size, 0x20));
  }
  const start = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
  return Buffer.concat([start, ...notes, frame, Buffer.from([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 1, 2, 3, 0xff, 0xd9])]);
}

/** An extended WebP on a canvas of that size. */
export function webp({ width = 4, height = 4 } = {}): Buffer {
  const bytes = Buffer.alloc(48);
  bytes.write("RIFF", 0, "latin1");
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write("WEBPVP8X", 8, "latin1");
  bytes.writeUInt32LE(10, 16);
  bytes.writeUIntLE(width - 1, 24, 3);
  bytes.writeUIntLE(height - 1, 27, 3);
  return bytes;
}

/** A page that says a line of text. */
export function pdf(text = "A letter"): Buffer {
  const stream = `BT /F1 18 Tf 40 760 Td (${text}) Tj ET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let file = "%PDF-1.4\n";
  const places = objects.map((object, index) => {
    const at = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("")}`;
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(file, "latin1");
}

/** A DICOM file with a preamble and nothing to see. */
export function dicom(preamble: Buffer = Buffer.alloc(128)): Buffer {
  return Buffer.concat([preamble, Buffer.from("DICM"), Buffer.from([2, 0, 0, 0, 0x55, 0x4c, 4, 0, 0, 0, 0, 0])]);
}

/** An archive with one stored file, as a JAR is one. */
export function zip(name = "index.html", content = "<script>alert(1)</script>"): Buffer {
  const [file, data] = [Buffer.from(name), Buffer.from(content)];
  const sizes = Buffer.alloc(16);
  sizes.writeUInt32LE(crc32(data), 0);
  sizes.writeUInt32LE(data.length, 4);
  sizes.writeUInt32LE(data.length, 8);
  sizes.writeUInt16LE(file.length, 12);
  const local = Buffer.concat([Buffer.from("504b03041400000000000000000000".slice(0, 28), "hex"), sizes, file, data]);
  const entry = Buffer.concat([Buffer.from("504b010214001400000000000000" + "0000", "hex").subarray(0, 16), sizes, Buffer.alloc(14), file]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, entry, end]);
}
