// The doctor treats the patient from now on, unless they already do.
// params: doctorId, patientId, since
// returns: id
// writes
MATCH (d:Doctor {id: $doctorId}), (p:Patient {id: $patientId})
// From the patient's side: a doctor has thousands of these edges, a patient a few.
MERGE (p)<-[t:TREATS]-(d)
ON CREATE SET t.since = $since
RETURN p.id AS id
