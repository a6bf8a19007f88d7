// Changes an appointment if it still has the version that was read; no row otherwise.
// params: appointmentId, version, changes (properties to set; null removes)
// returns: id
// writes
MATCH (a:Appointment {id: $appointmentId})
SET a.version = a.version
WITH a
WHERE a.version = $version
SET a += $changes, a.version = $version + 1
RETURN a.id AS id
