/** How this workstation reaches the clinic's Neo4j. */
export interface Neo4jSettings {
  /** `bolt://`, `neo4j://` (a cluster, by routing), or one of them with `+s` (TLS) or `+ssc` (TLS, any certificate). */
  uri: string;
  user: string;
  password: string;
  /** Name of the database; `neo4j` unless IT made another. */
  database: string;
  /** A certificate authority in PEM that is trusted, with `+s`, instead of the system's own. */
  caFile: string | null;
}

/** How this workstation reaches the clinic's MongoDB. */
export interface MongoSettings {
  /** A connection string; what it says of options (replica set, TLS, pool) counts. */
  uri: string;
  /** Where the connection string names none. */
  user: string | null;
  password: string | null;
  database: string;
  caFile: string | null;
}

/** This installation among those that share the servers. */
export interface Workstation {
  /** Made once in the data folder: the writer of its audit chain and the sender of its events. */
  id: string;
  /** What people call it: the computer's name. */
  name: string;
}

/** The stores of a clinic with several workstations. */
export interface ServerSettings {
  neo4j: Neo4jSettings;
  mongodb: MongoSettings;
  workstation: Workstation;
}
