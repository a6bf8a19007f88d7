// The doctor treats the patient from now on, unless they already do.
// params: doctorId, patientId, since
// returns: id
// writes
MATCH (d:Doctor {id: $doctorId}), (p:Patient {id: $patientId})
MERGE (d)-[t:TREATS]->(p)
ON CREATE SET t.since = $since
RETURN p.id AS id
