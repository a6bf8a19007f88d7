// Begins the visit of an appointment.
// params: appointmentId, encounter (its properties)
// returns: id
// writes
MATCH (a:Appointment {id: $appointmentId})
CREATE (a)-[:HAS_ENCOUNTER]->(e:Encounter)
SET e += $encounter
RETURN e.id AS id
