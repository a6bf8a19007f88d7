// Extra hours opened on a day, of each active doctor or one.
// params: day, doctorId (null for all)
// returns: doctorId, day, startsAt, endsAt (wall clock)
MATCH (d:Doctor)-[:OPENED]->(h:ExtraHours {day: $day})
WHERE d.active AND ($doctorId IS NULL OR d.id = $doctorId)
RETURN d.id AS doctorId, h.day AS day, h.startsAt AS startsAt, h.endsAt AS endsAt
ORDER BY doctorId, startsAt
