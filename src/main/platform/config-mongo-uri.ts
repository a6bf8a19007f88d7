import { AppError } from "../../shared/define.ts";
import { PLAIN_MONGO_URI } from "./config-settings.ts";

/** A connection string taken apart: what is secret stands alone. */
export interface MongoAddress {
  /** Without user, password and database. */
  uri: string;
  user: string | null;
  password: string | null;
  /** The database in its path. */
  database: string | null;
}

const SHAPE = /^(mongodb(?:\+srv)?):\/\/([^/?]+)(?:\/([^?]*))?(\?.*)?$/;
/** Options that carry a secret of their own: they would stand wherever the address is shown. */
const SECRET_OPTIONS = /[?&](tlsCertificateKeyFilePassword|sslPass|proxyPassword|authMechanismProperties)=/i;
const AUTH_SOURCE = /[?&]authSource=/i;
/** Mechanisms whose users are not kept in a database. */
const OUTSIDE_USERS = /[?&]authMechanism=(MONGODB-X509|MONGODB-AWS|MONGODB-OIDC|GSSAPI|PLAIN)\b/i;

/**
 * Takes user, password and database out of a connection string. Throws `invalid-input`, naming `source` and never what it
 * says. Who signs in was sought in the database of the path unless `authSource` said otherwise: that is kept as `authSource`.
 */
export function splitMongoUri(text: string, source: string): MongoAddress {
  const refuse = (reason: string): never => {
    throw new AppError("invalid-input", `${source} ${reason}.`, { field: source });
  };
  const [, scheme = "", authority = "", path = "", options = ""] =
    SHAPE.exec(text) ?? refuse("must be like mongodb://documents.clinic.example:27017");
  if (`${path}${options}`.includes("@")) refuse("must have every / ? @ of its password written as %2F %3F %40");
  const at = authority.lastIndexOf("@");
  const [user, ...rest] = at < 0 ? [] : authority.slice(0, at).split(":");
  if (rest.length > 1 || user?.includes("@")) refuse("must have every : and @ of its user and password written as %3A and %40");
  if (SECRET_OPTIONS.test(options)) refuse("must not carry a secret among its options");
  const decoded = (part: string): string => {
    try {
      return decodeURIComponent(part);
    } catch {
      return refuse("has a % that stands for nothing: write it as %25");
    }
  };
  const database = path ? decoded(path) : null;
  const needsSource = database !== null && !AUTH_SOURCE.test(options) && !OUTSIDE_USERS.test(options);
  const query = needsSource ? `${options || "?"}${options.length > 1 ? "&" : ""}authSource=${encodeURIComponent(database)}` : options;
  const uri = `${scheme}://${authority.slice(at + 1)}${query ? `/${query}` : ""}`;
  const plain = PLAIN_MONGO_URI.safeParse(uri);
  if (!plain.success) refuse(plain.error.issues[0]?.message ?? "is not a connection string");
  return { uri, user: user ? decoded(user) : null, password: rest.length > 0 ? decoded(rest.join(":")) : null, database };
}
