import { FILE_EXTENSION, type FileType } from "@shared/model/file-types.ts";

const LONGEST = 200;
/** Turns text round on the screen, so that `gnp.exe` reads `exe.png`; and what no file system takes. */
const BIDI_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;
const CONTROLS = /[\p{Cc}\u2028\u2029]/gu;
const RESERVED = /[<>:"|?*]/g;
/** Names of Windows' devices, with any extension. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
const OTHER_SPELLINGS: Readonly<Partial<Record<FileType, readonly string[]>>> = {
  "image/jpeg": ["jpeg", "jpe"],
  "application/dicom": ["dicom"],
};

/** The name as the uploader meant it: without a path, and without what hides or harms. Never empty. */
export function cleanName(given: string): string {
  const name = given.split(/[/\\]/).at(-1) ?? "";
  const plain = name.replace(CONTROLS, "").replace(BIDI_CONTROLS, "").replace(RESERVED, "_").trim();
  const closed = cut(plain, LONGEST)
    .replace(/^\.+/, "")
    .replace(/[. ]+$/, "");
  if (closed === "") return "file";
  return DEVICE.test(closed) ? cut(`_${closed}`, LONGEST) : closed;
}

/** The name under which a file is saved: its extension is that of its content, whatever the uploader called it. */
export function downloadName(filename: string, type: FileType): string {
  const extension = FILE_EXTENSION[type];
  const given = /\.([A-Za-z0-9]{1,8})$/.exec(filename)?.[1]?.toLowerCase();
  const fits = given === extension || (given !== undefined && OTHER_SPELLINGS[type]?.includes(given));
  return fits ? filename : `${cut(filename, LONGEST - extension.length - 1)}.${extension}`;
}

/** Cuts between characters, never within one. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}
