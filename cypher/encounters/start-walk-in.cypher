// Begins the visit of a patient who came without an appointment.
// params: patientId, encounter (its properties)
// returns: id
// writes
MATCH (p:Patient {id: $patientId})
CREATE (p)-[:HAS_ENCOUNTER]->(e:Encounter)
SET e += $encounter
RETURN e.id AS id
