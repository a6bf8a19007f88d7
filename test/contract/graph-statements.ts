import type { Statement } from "@main/data/graph/port.ts";
import { statement } from "@main/data/graph/statement.ts";

/** A statement of the suite that reads. */
export const reading = (text: string): Statement => statement("test/reading", text);

/** A statement of the suite that writes, marked as its file would be. */
export const writing = (text: string): Statement => statement("test/writing", `// Writes for a test.\n// writes\n${text}`);

export const takeSlot = writing("CREATE (s:Slot {key: $key}) SET s.by = $by RETURN s.key AS key");
export const findSlots = reading("MATCH (s:Slot {key: $key}) RETURN s.by AS by");
export const addProbe = writing("CREATE (p:Probe {name: $name}) SET p.value = $value RETURN p.name AS name");
export const findProbes = reading("MATCH (p:Probe) RETURN p.name AS name, p.value AS value ORDER BY name");
export const findProbe = reading("MATCH (p:Probe {name: $name}) RETURN p.value AS value");
export const setProbe = writing("MATCH (p:Probe {name: $name}) SET p.value = $value RETURN p.value AS value");
export const countProbes = reading("MATCH (p:Probe) RETURN count(*) AS probes");
export const raiseProbe = writing("MATCH (p:Probe {name: $name}) SET p.value = p.value + 1 RETURN p.value AS value");
/** Takes the probe's lock and changes nothing that anybody reads. */
export const holdProbe = writing("MATCH (p:Probe {name: $name}) SET p.held = coalesce(p.held, 0) + 1 RETURN p.name AS name");
