// Ids of the appointments of a clinic day, of one doctor or all.
// params: day, doctorId (null for all)
// returns: id
MATCH (a:Appointment {day: $day})<-[:HAS_APPOINTMENT]-(d:Doctor)
WHERE $doctorId IS NULL OR d.id = $doctorId
RETURN a.id AS id
ORDER BY id
