// Weekly working hours of a weekday, of each active doctor or one.
// params: weekday, doctorId (null for all)
// returns: doctorId, weekday, startsAt, endsAt (wall clock)
MATCH (d:Doctor)-[:WORKS]->(h:WorkingHours {weekday: $weekday})
WHERE d.active AND ($doctorId IS NULL OR d.id = $doctorId)
RETURN d.id AS doctorId, h.weekday AS weekday, h.startsAt AS startsAt, h.endsAt AS endsAt
ORDER BY doctorId, startsAt
