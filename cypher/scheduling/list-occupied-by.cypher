// The cells that an appointment occupies.
// params: appointmentId
// returns: key
MATCH (:Appointment {id: $appointmentId})-[:OCCUPIES]->(s:Slot)
RETURN s.key AS key
ORDER BY key
