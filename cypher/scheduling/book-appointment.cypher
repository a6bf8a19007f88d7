// Adds an appointment between a doctor and a patient, who have a care edge from then on, and occupies five-minute cells for it;
// the constraint on their keys refuses one that is taken.
// params: doctorId, patientId, appointment (its properties), keys (of the cells), now
// returns: id
// writes
MATCH (d:Doctor {id: $doctorId}), (p:Patient {id: $patientId})
CREATE (d)-[:HAS_APPOINTMENT]->(a:Appointment), (p)-[:HAS_APPOINTMENT]->(a)
SET a += $appointment
// From the patient's side: a doctor has thousands of these edges, a patient a few.
MERGE (p)<-[t:TREATS]-(d)
ON CREATE SET t.since = $now
FOREACH (key IN $keys | CREATE (a)-[:OCCUPIES]->(:Slot {key: key}))
RETURN a.id AS id
