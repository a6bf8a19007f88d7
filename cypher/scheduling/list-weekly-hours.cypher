// Weekly working hours of a doctor, from Monday on.
// params: doctorId
// returns: weekday, startsAt, endsAt (wall clock)
MATCH (:Doctor {id: $doctorId})-[:WORKS]->(h:WorkingHours)
RETURN h.weekday AS weekday, h.startsAt AS startsAt, h.endsAt AS endsAt
ORDER BY weekday, startsAt
