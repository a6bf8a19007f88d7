import { auditContract } from "./audit.contract.ts";
import { type MongoTrail, mongoTrail } from "./audit-mongo-trail.ts";
import { auditTamperingContract } from "./audit-tampering.contract.ts";

auditContract({ name: "MongoDB", make: () => mongoTrail() });
auditTamperingContract({ name: "MongoDB", make: () => mongoTrail(), copy: (trail) => mongoTrail(trail as MongoTrail) });
