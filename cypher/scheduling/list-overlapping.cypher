// Appointments of the same doctor or patient, begun on these days, that overlap an interval: they inherit the cells it frees.
// params: days, doctorId, patientId, startsAt, endsAt, except (id)
// returns: id, doctorId, patientId, startsAt, endsAt
UNWIND $days AS day
MATCH (a:Appointment {day: day})
WITH a
WHERE a.status <> 'cancelled' AND a.id <> $except AND a.startsAt < $endsAt AND a.endsAt > $startsAt
MATCH (a)<-[:HAS_APPOINTMENT]-(d:Doctor)
MATCH (a)<-[:HAS_APPOINTMENT]-(p:Patient)
WITH a, d, p
WHERE d.id = $doctorId OR p.id = $patientId
RETURN a.id AS id, d.id AS doctorId, p.id AS patientId, a.startsAt AS startsAt, a.endsAt AS endsAt
ORDER BY id
