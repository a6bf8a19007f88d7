// How many booked appointments of a doctor lie ahead.
// params: doctorId, now
// returns: coming
MATCH (:Doctor {id: $doctorId})-[:HAS_APPOINTMENT]->(a:Appointment)
WHERE a.status = 'booked' AND a.startsAt > $now
RETURN count(a) AS coming
