// How many booked appointments of the whole clinic lie ahead.
// params: now
// returns: coming
MATCH (a:Appointment)
WHERE a.status = 'booked' AND a.startsAt > $now
RETURN count(a) AS coming
