// Gives a doctor weekly working hours.
// params: doctorId, hours [{weekday, startsAt, endsAt}]
// returns: added
// writes
MATCH (d:Doctor {id: $doctorId})
UNWIND $hours AS hours
CREATE (d)-[:WORKS]->(h:WorkingHours)
SET h += hours
RETURN count(h) AS added
