import { type SqliteTrail, sqliteTrail } from "./audit-sqlite-trail.ts";
import { auditTamperingContract } from "./audit-tampering.contract.ts";

auditTamperingContract({ name: "sqlite", make: () => sqliteTrail(), copy: (trail) => sqliteTrail(trail as SqliteTrail) });
