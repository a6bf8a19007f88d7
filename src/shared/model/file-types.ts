/** Bytes of a chunk: how files are stored, and the most that one `files.uploadChunk` or `files.readChunk` carries. */
export const CHUNK_BYTES = 256 * 1024;

/** What a medical file may be, by its content. The admin may allow fewer. */
export const FILE_TYPES = ["image/jpeg", "image/png", "image/webp", "application/pdf", "application/dicom"] as const;
export type FileType = (typeof FILE_TYPES)[number];

/** The extension under which a file of that type is saved to disk. */
export const FILE_EXTENSION: Readonly<Record<FileType, string>> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/webp": "webp",
  "application/pdf": "pdf",
  "application/dicom": "dcm",
};

/** The largest limit an admin can set, in bytes. */
export const FILE_BYTES_CEILING = 2 * 1024 * 1024 * 1024;
/** The limit until the admin sets one. */
export const FILE_BYTES_USUAL = 200_000_000;
/** An image with more pixels than this is refused before anybody decodes it. */
export const IMAGE_PIXELS_MAX = 64_000_000;

/** Largest image of a message as it is sent, in bytes: the sender's screen makes it smaller first. */
export const MESSAGE_IMAGE_BYTES = 700 * 1024;
/** Longest side of a message's image, and of its thumbnail, in pixels. */
export const MESSAGE_IMAGE_SIDE = 1600;
export const MESSAGE_THUMBNAIL_SIDE = 320;
