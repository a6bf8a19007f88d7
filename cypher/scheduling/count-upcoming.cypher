// How many booked appointments of a patient lie ahead.
// params: patientId, now
// returns: upcoming
MATCH (:Patient {id: $patientId})-[:HAS_APPOINTMENT]->(a:Appointment)
WHERE a.status = 'booked' AND a.startsAt > $now
RETURN count(a) AS upcoming
