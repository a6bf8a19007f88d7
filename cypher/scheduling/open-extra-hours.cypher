// Opens extra hours of a doctor on one day.
// params: doctorId, day, startsAt, endsAt (wall clock)
// returns: day
// writes
MATCH (d:Doctor {id: $doctorId})
CREATE (d)-[:OPENED]->(h:ExtraHours {day: $day, startsAt: $startsAt, endsAt: $endsAt})
RETURN h.day AS day
