// Removes a doctor's weekly working hours.
// params: doctorId
// returns: removed
// writes
MATCH (:Doctor {id: $doctorId})-[:WORKS]->(h:WorkingHours)
DETACH DELETE h
RETURN count(*) AS removed
