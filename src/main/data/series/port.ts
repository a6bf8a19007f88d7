/** One measured value of a patient. */
export interface Sample {
  patientId: string;
  /** The patient's region: the partition that the sample lies in, and the shard key on a cluster. */
  region: string;
  /** What is measured, as a LOINC code or the clinic's own word: `8867-4`, `spo2`. */
  kind: string;
  value: number;
  /** UCUM unit. */
  unit: string;
  /** Instant of measurement. */
  at: string;
  /** The device or person it comes from. */
  source: string;
}

export interface SeriesQuery {
  patientId: string;
  region: string;
  kind?: string;
  /** Instants, `from` included, `to` not. */
  from: string;
  to: string;
  limit: number;
}

/**
 * Series of measured values: many in, read by patient and time. Samples are eventually consistent and appended only; the same sample
 * (patient, kind, instant, source) again is without effect. Throws AppError `store-unavailable`.
 */
export interface SeriesPort {
  /** Stores samples; answers how many were new. */
  append(samples: readonly Sample[]): Promise<{ added: number }>;
  /** Newest first. */
  list(query: SeriesQuery): Promise<Sample[]>;
  /** Removes what was measured before that instant, in all regions; answers how many. */
  deleteBefore(at: string): Promise<number>;
  /** All samples in order of region, patient, kind, instant and source, after that one: for moving them to another store. */
  page(after: Sample | null, limit: number): Promise<Sample[]>;
  clear(): Promise<void>;
}
