// Frees the cells that an appointment occupies.
// params: appointmentId
// returns: freed
// writes
MATCH (:Appointment {id: $appointmentId})-[:OCCUPIES]->(s:Slot)
DETACH DELETE s
RETURN count(*) AS freed
