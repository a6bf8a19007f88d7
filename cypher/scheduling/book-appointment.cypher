// Adds an appointment between a doctor and a patient, who have a care edge from then on.
// params: doctorId, patientId, appointment (its properties), now
// returns: id
// writes
MATCH (d:Doctor {id: $doctorId}), (p:Patient {id: $patientId})
CREATE (d)-[:HAS_APPOINTMENT]->(a:Appointment), (p)-[:HAS_APPOINTMENT]->(a)
SET a += $appointment
MERGE (d)-[t:TREATS]->(p)
ON CREATE SET t.since = $now
RETURN a.id AS id
