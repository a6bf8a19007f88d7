// Extra hours that a doctor opened on the days of a range, both ends included.
// params: doctorId, from, to (days)
// returns: day, startsAt, endsAt (wall clock)
MATCH (:Doctor {id: $doctorId})-[:OPENED]->(h:ExtraHours)
WHERE h.day >= $from AND h.day <= $to
RETURN h.day AS day, h.startsAt AS startsAt, h.endsAt AS endsAt
ORDER BY day, startsAt
