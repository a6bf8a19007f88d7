/** A picture made anew from its pixels: nothing else of the original (places, devices, hidden bytes) is in it. */
export interface MadeImage {
  jpeg: Uint8Array;
  width: number;
  height: number;
  /** A small JPEG. */
  thumbnail: Uint8Array;
}

/** Decodes strangers' pictures where it cannot hurt: in a process of its own, with bounded time and memory. */
export interface Images {
  /**
   * Upright, at most `side` pixels on the longer side, its thumbnail at most `thumbnailSide`. Throws AppError `unsupported-type` for what is no
   * JPEG, PNG or WebP by its content, `too-large` for more than IMAGE_PIXELS_MAX pixels by its header.
   */
  remake(bytes: Uint8Array, size: { side: number; thumbnailSide: number }): Promise<MadeImage>;
  close(): Promise<void>;
}
