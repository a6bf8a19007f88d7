/** What is known of a blob without reading its bytes. */
export interface BlobInfo {
  id: string;
  /** Bytes of the chunks 0, 1, 2 … that are there without a gap. */
  bytes: number;
  chunks: number;
  /** Instant at which its first chunk was stored. */
  createdAt: string;
}

/**
 * Bytes of files and pictures, in chunks of CHUNK_BYTES of which only the last may be shorter. Every call is atomic and on disk when
 * it resolves; a chunk goes in and comes out whole, so that no more than one is ever in memory. Throws AppError
 * `store-unavailable`, and `internal` for a chunk that is not what was stored (changed, moved, or of another key).
 */
export interface BlobPort {
  /** Stores a chunk; the same index again replaces it. */
  putChunk(id: string, index: number, bytes: Uint8Array): Promise<void>;
  /** The chunk, or null when it is not there. */
  getChunk(id: string, index: number): Promise<Uint8Array | null>;
  /** Null when nothing of it is there. */
  stat(id: string): Promise<BlobInfo | null>;
  /** Removes all of it; fine when it is not there. */
  delete(id: string): Promise<void>;
  /** Blobs in the order of their ids, after `after`: for the sweep and for moving to another store. */
  list(after: string | null, limit: number): Promise<BlobInfo[]>;
  /** Removes every blob. */
  clear(): Promise<void>;
  health(): Promise<{ state: "up" | "down"; bytes: number }>;
  close(): Promise<void>;
}
