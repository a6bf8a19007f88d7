import { imageHeader } from "@main/platform/image-header.ts";
import { AppError } from "@shared/define.ts";
import { FILE_TYPES, type FileType, IMAGE_PIXELS_MAX } from "@shared/model/file-types.ts";
import { fileTypeFromBuffer } from "file-type";

/** First bytes of a file that its type and size are told from: cameras put previews and colour profiles before the picture. */
export const HEAD_BYTES = 1024 * 1024;
/** Last bytes of a file: as far back as the end record of a ZIP archive can lie. */
export const TAIL_BYTES = 65_557;

export interface Content {
  head: Buffer;
  tail: Buffer;
  size: number;
}

export interface Judged {
  filetype: FileType;
  width: number | null;
  height: number | null;
}

const PNG_END = Buffer.from("0000000049454e44ae426082", "hex");
const JPEG_END = Buffer.from([0xff, 0xd9]);
const PDF_END = Buffer.from("%%EOF");
const ZIP_END = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
const ZIP_ENTRY = 0x02014b50;
const MARKUP = /<(!doctype|html|head|body|script|svg|iframe|\?php)/i;
/** Lines after a PDF's end that are still its own. */
const PDF_SLACK = 1024;

/**
 * What a file is by its content. Throws `unsupported-type` for what is not on the list, whatever it is called, and for a file that is a
 * second thing besides; `too-large` for an image of more pixels than anybody should decode.
 */
export async function judge(content: Content, allowed: readonly FileType[]): Promise<Judged> {
  const { head } = content;
  const mime = (await fileTypeFromBuffer(head.subarray(0, 65_536)))?.mime;
  const filetype = FILE_TYPES.find((type) => type === mime && allowed.includes(type));
  if (!filetype) throw unsupported("A file of this type is not taken here.");
  if (!isOnly(filetype, content) || endsAsZip(content)) throw unsupported("The file carries something else besides what it is.");
  if (!filetype.startsWith("image/")) return { filetype, width: null, height: null };
  const size = imageHeader(head)?.size;
  if (!size) throw unsupported("The image does not tell its size.");
  if (size.width * size.height > IMAGE_PIXELS_MAX) throw new AppError("too-large", "The image has more than 64 million pixels.");
  return { filetype, width: size.width, height: size.height };
}

const unsupported = (message: string) => new AppError("unsupported-type", message);

/** True where nothing has been put before or behind what the type's own format describes. */
function isOnly(type: FileType, { head, tail, size }: Content): boolean {
  switch (type) {
    case "image/png":
      return tail.subarray(-PNG_END.length).equals(PNG_END);
    case "image/webp": {
      const told = head.readUInt32LE(4) + 8;
      return told === size;
    }
    case "image/jpeg":
      // Phones put their own notes behind the picture; a page is none of them.
      return !MARKUP.test(behind(tail, JPEG_END));
    case "application/pdf": {
      const rest = behind(tail, PDF_END);
      return tail.includes(PDF_END) && rest.length <= PDF_SLACK && !MARKUP.test(rest);
    }
    case "application/dicom":
      return isPlainPreamble(head);
  }
}

/** What follows the last of these marks; all of it where there is none. */
function behind(tail: Buffer, mark: Buffer): string {
  const at = tail.lastIndexOf(mark);
  return tail.toString("latin1", at === -1 ? 0 : at + mark.length);
}

/** The first 128 bytes of a DICOM file are nobody's: empty, or a TIFF's header. A program hidden there would run. */
function isPlainPreamble(head: Buffer): boolean {
  const preamble = head.subarray(0, 128);
  return preamble.every((byte) => byte === 0) || ["49492a00", "4d4d002a"].includes(preamble.toString("hex", 0, 4));
}

/** True when an archive's reader, which begins at the end, would find an archive. */
function endsAsZip({ tail }: Content): boolean {
  for (let at = tail.lastIndexOf(ZIP_END); at !== -1; at = at === 0 ? -1 : tail.lastIndexOf(ZIP_END, at - 1)) {
    if (at + 22 > tail.length || at + 22 + tail.readUInt16LE(at + 20) > tail.length) continue;
    // Numbers of disks, which an archive of today has one of.
    if (tail.readUInt32LE(at + 4) !== 0) continue;
    const directory = at - tail.readUInt32LE(at + 12);
    // A directory longer than the tail lies where it is not looked at: an archive of so many entries is one.
    if (directory < 0 || directory === at || tail.readUInt32LE(directory) === ZIP_ENTRY) return true;
  }
  return false;
}
