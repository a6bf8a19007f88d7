// Occupies five-minute cells for an appointment; the constraint on their keys refuses one that is taken.
// params: appointmentId, keys
// returns: occupied
// writes
MATCH (a:Appointment {id: $appointmentId})
UNWIND $keys AS key
CREATE (a)-[:OCCUPIES]->(s:Slot {key: key})
RETURN count(s) AS occupied
