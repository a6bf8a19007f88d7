/** What every document has. */
export interface Document {
  id: string;
}

type Comparable = string | number | boolean | null;

/**
 * A condition on one field: equal to a value, or a range, or one of several. Null is a field that is null or missing. Values of
 * different types are never equal, and a range holds only within its own type. Fields that hold lists or objects are not searched.
 */
export type Condition =
  | Comparable
  | {
      gt?: Comparable;
      gte?: Comparable;
      lt?: Comparable;
      lte?: Comparable;
      in?: readonly Comparable[];
      ne?: Comparable;
      /** A text that has each of these in it, character by character. No index helps: narrow it by another field. */
      contains?: readonly string[];
    };

/** All conditions hold. Fields are top-level fields of the document (declared as indexed in `collections.ts`, or any). */
export type Filter<T> = { [K in keyof T]?: Condition };

export interface FindOptions<T> {
  sort?: { [K in keyof T]?: "asc" | "desc" };
  limit?: number;
  skip?: number;
}

/** A unique index refused an insert or update. */
export class DuplicateDocument extends Error {
  readonly collection: string;
  readonly field: string;
  constructor(collection: string, field: string) {
    super(`${collection}.${field} is taken`);
    this.name = "DuplicateDocument";
    this.collection = collection;
    this.field = field;
  }
}

/** One collection of documents; each call is atomic and on disk when it resolves. */
export interface Collection<T extends Document> {
  /** Throws DuplicateDocument on a taken id or unique field. */
  insert(document: T): Promise<void>;
  get(id: string): Promise<T | null>;
  findOne(filter: Filter<T>): Promise<T | null>;
  find(filter: Filter<T>, options?: FindOptions<T>): Promise<T[]>;
  count(filter: Filter<T>): Promise<number>;
  /**
   * Merges `patch` into the document if it matches `only` at that moment (compare and set); answers the new document,
   * or null when no document matched. Keys of `patch` that are undefined leave the field as it is; the id cannot change.
   */
  update(id: string, patch: Partial<T>, only?: Filter<T>): Promise<T | null>;
  updateMany(filter: Filter<T>, patch: Partial<T>): Promise<number>;
  /** Inserts, or replaces the document of that id. */
  put(document: T): Promise<void>;
  delete(filter: Filter<T>): Promise<number>;
}

/** A declared collection: its unique fields, indexed fields and the field after whose instant documents are cleaned up. */
export interface CollectionSpec<T extends Document> {
  readonly name: string;
  readonly unique?: readonly (keyof T & string)[];
  readonly indexes?: readonly (readonly (keyof T & string)[])[];
  /** Name of a field holding an ISO instant: a sweep removes documents past it. Every query checks expiry itself. */
  readonly expires?: keyof T & string;
  /** Type carrier only. */
  readonly _type?: T;
}

/** Any declared collection, whatever its document. */
export type AnySpec = Pick<CollectionSpec<Document>, "name"> & {
  readonly unique?: readonly string[];
  readonly indexes?: readonly (readonly string[])[];
  readonly expires?: string;
};

export interface DocumentPort {
  collection<T extends Document>(spec: CollectionSpec<T>): Collection<T>;
  health(): Promise<{ state: "up" | "down"; engine: string }>;
  /** Tells when the store is lost and when it is back. Answers a function that stops the telling. */
  onState(listener: (state: "up" | "down") => void): () => void;
  /** Removes every document of every declared collection except the audit trail. */
  clear(): Promise<void>;
  close(): Promise<void>;
}
