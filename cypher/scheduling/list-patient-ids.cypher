// Ids of the appointments of a patient.
// params: patientId
// returns: id
MATCH (:Patient {id: $patientId})-[:HAS_APPOINTMENT]->(a:Appointment)
RETURN a.id AS id
ORDER BY id
