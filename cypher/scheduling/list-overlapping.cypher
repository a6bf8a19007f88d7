// Appointments of the same doctor or patient, begun on these days, that overlap an interval: they inherit the cells it frees.
// params: days, doctorId, patientId, startsAt, endsAt, except (id)
// returns: id, doctorId, patientId, startsAt, endsAt
UNWIND $days AS day
MATCH (d:Doctor)-[:HAS_APPOINTMENT]->(a:Appointment {day: day})<-[:HAS_APPOINTMENT]-(p:Patient)
WHERE a.status <> 'cancelled' AND a.id <> $except AND a.startsAt < $endsAt AND a.endsAt > $startsAt
  AND (d.id = $doctorId OR p.id = $patientId)
RETURN a.id AS id, d.id AS doctorId, p.id AS patientId, a.startsAt AS startsAt, a.endsAt AS endsAt
ORDER BY id
