/** What the pictures' own process is asked: one picture at a time. */
export interface ImageRequest {
  id: number;
  bytes: Uint8Array;
  /** Longest side of the picture and of its thumbnail, in pixels. */
  side: number;
  thumbnailSide: number;
  /** The process ends itself when it holds more. */
  memoryMaxBytes: number;
}

/** What it answers: that it is there, a picture made anew, or that the bytes are none. */
export type ImageReply =
  | { kind: "ready" }
  | { kind: "made"; id: number; jpeg: Uint8Array; width: number; height: number; thumbnail: Uint8Array }
  | { kind: "undecodable"; id: number };
