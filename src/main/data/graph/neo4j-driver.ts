import neo4j, { type Config, type Driver } from "neo4j-driver";
import type { Neo4jSettings } from "../../platform/server-settings.ts";

const POOL_SIZE = 50;
/** Below the deadline of a call, so that a call without a connection says so by itself. */
const ACQUISITION_MS = 8_000;
const CONNECT_MS = 4_000;
/** A connection that was idle for so long is tried before it is used: a firewall may have dropped it silently. */
const IDLE_MS = 30_000;

/** A driver for these settings, but for what is `own`; it connects when it is first used. Throws what the driver throws for an address it cannot read. */
export function makeDriver(settings: Neo4jSettings, poolSize = POOL_SIZE, own: Config = {}): Driver {
  const { uri, trust } = trustOf(settings);
  return neo4j.driver(uri, neo4j.auth.basic(settings.user, settings.password), {
    ...trust,
    disableLosslessIntegers: true,
    maxConnectionPoolSize: poolSize,
    connectionAcquisitionTimeout: ACQUISITION_MS,
    connectionTimeout: CONNECT_MS,
    connectionLivenessCheckTimeout: IDLE_MS,
    // Notices about statements are for who writes them; not to make them spares the server work.
    notificationFilter: { minimumSeverityLevel: "OFF" },
    telemetryDisabled: true,
    userAgent: "polyclinic",
    ...own,
  });
}

/** Whether the settings name a cluster, whose members answer by turns. */
export const isRouted = ({ uri }: Neo4jSettings): boolean => uri.startsWith("neo4j");

/** `+s` trusts what the system trusts, or, where a file is named, the authorities in it. The driver takes that file only beside a plain scheme. */
function trustOf({ uri, caFile }: Neo4jSettings) {
  if (caFile === null || !/^\w+\+s:/.test(uri)) return { uri, trust: {} };
  const trust = {
    encrypted: "ENCRYPTION_ON",
    trust: "TRUST_CUSTOM_CA_SIGNED_CERTIFICATES",
    trustedCertificates: [caFile],
  } as const;
  return { uri: uri.replace("+s:", ":"), trust: { ...trust, trustedCertificates: [...trust.trustedCertificates] } };
}
